"""What a page is given: a study seen through the filters, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wenma.app import project_file
from wenma.app.filters import FIRST, choices
from wenma.app.messages import Say
from wenma.publish.labels import attribute_name
from wenma.queries.grouping import as_text
from wenma.queries.table import query
from wenma.records import Code, Codebook, Coding, Document, Unit, by_rules
from wenma.study.answer import Answer
from wenma.study.choice import Choice
from wenma.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

    from wenma.queries.dataset import Dataset

DOCUMENT = "document"


@dataclass(frozen=True)
class View:
    """The study a page asks, narrowed as the filters say, with the coder who is asked.

    `state` is that of the project's file; `coders` are those whose work may be seen.
    `within` is the city, plan or other value a part of the page is about: every door it
    opens leads there.
    """

    study: Study
    choice: Choice
    say: Say
    project: str
    state: tuple[float, ...]
    headings: bool = False
    coders: tuple[str, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict)

    def ask(self, name: str, **options: Any) -> Answer:
        """The study's answer to a question, of the coder and with the headings chosen here."""
        asked = {} if query(name).compares else self.who
        return self.study.ask(name, **{"headings": self.headings, **asked, **options})

    @property
    def who(self) -> dict[str, Any]:
        """The coder, and the codebook where the coder's name does not say it."""
        # A version of the rules brings its own codebook.
        book = {} if self.of_rules else {"codebook": self.book.id}
        return {"coder": self.choice.asked, **book}

    def inside(self, attribute: str, value: str) -> "View":
        """The view of one city, plan or other value of an attribute alone."""
        narrowed = self.study.where({attribute: [value]})
        return replace(self, study=narrowed, within={**self.within, attribute: value})

    @property
    def coder(self) -> str:
        """Whose codings are asked."""
        return self.choice.name

    @property
    def of_rules(self) -> bool:
        """Whether the coder is one version of the rules and nobody else."""
        return not self.choice.mixed and all(by_rules(one) for one in self.choice.coders)

    @property
    def book(self) -> Codebook:
        """The codebook the coder coded with."""
        return self.study.codebook(self.choice)

    @property
    def key(self) -> tuple[Any, ...]:
        """All that an answer depends on: whoever keeps one keeps it under this."""
        filters = tuple((name, tuple(values)) for name, values in self.study.filters.items())
        who = (self.study.access.person, self.study.access.role)
        return (self.project, self.state, who, self.choice.name, self.book.fingerprint,
                filters, self.study.once, self.headings)  # fmt: skip

    # -- what is there -------------------------------------------------------------------

    @cached_property
    def data(self) -> "Dataset":
        """The codings of the coder, as the filters narrow them; `QueryError` for nothing left."""
        chosen = self.whole.where(self.study.filters)
        return chosen.once()[0] if self.study.once else chosen

    @property
    def whole(self) -> "Dataset":
        """The codings of the coder on all documents."""
        return self.study.dataset(self.choice)

    @property
    def codes_frame(self) -> "DataFrame":
        """The codes as tables and charts take them."""
        assert self.data.codes is not None  # a study knows its codebook
        return self.data.codes

    @cached_property
    def documents(self) -> list[str]:
        """The ids of the documents the filters leave."""
        return [*dict.fromkeys(self.data.cases[DOCUMENT])]

    def document(self, id: str) -> tuple[Document, "Sequence[Unit]"]:
        """A document with its units."""
        return project_file.document(self.project, id, self.state, _study=self.study)

    def codings(self, id: str) -> dict[tuple[int, int], list[Coding]]:
        """The codings of a document by their span, of whoever is asked."""
        found: dict[tuple[int, int], list[Coding]] = {}
        names = (self.choice.mixed,) if self.choice.mixed else self.choice.coders
        for name in names:
            person = self.study.access.person
            of_one = project_file.codings(
                self.project, id, name, self.state, person, _study=self.study
            )
            for span, codings in of_one.items():
                found.setdefault(span, []).extend(codings)
        return found

    def door(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """A table's door, leading to where this part of the page is."""
        where = {**self.within, **options.get("where", {})}
        return {**options, "where": where} if where else dict(options)

    # -- attributes ----------------------------------------------------------------------

    @cached_property
    def filterable(self) -> dict[str, list[str]]:
        """Attribute → its values, of what the filters leave; those worth choosing by."""
        return choices(self.data.cases, self.study.attributes())

    @cached_property
    def groupings(self) -> list[str]:
        """The attributes a table can be broken down by, the usual ones first."""
        cases = self.data.cases
        stated = [
            name
            for name in self.study.attributes()
            if name in cases and name != "title" and as_text(cases[name]).str.strip().any()
        ]
        usual = [*FIRST, DOCUMENT]
        return [*usual, *(name for name in stated if name not in usual)]

    @cached_property
    def telling(self) -> str:
        """What to compare: cities, or the first other thing in which these documents differ."""
        cases = self.data.cases
        return next((one for one in self.groupings if as_text(cases[one]).nunique() > 1), "city")

    def attribute(self, name: str) -> str:
        """What an attribute is called."""
        return attribute_name(name, language=self.say.language)

    # -- codes ---------------------------------------------------------------------------

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Path → code, in the order of the codebook."""
        return {code.path: code for code in self.book.codes}

    @cached_property
    def parents(self) -> list[str]:
        """Codes with codes under them; none in a flat codebook."""
        return list(dict.fromkeys(code.parent for code in self.codes.values() if code.parent))

    @cached_property
    def leaves(self) -> list[str]:
        """Codes with no code under them; a parent with rules of its own stands for its children."""
        parents = {*self.parents}
        given = [path for path, code in self.codes.items() if code.rules and path in parents]
        return [
            path
            for path in self.codes
            if (path not in parents or path in given)
            and not any(path.startswith(f"{parent}/") for parent in given)
        ]

    @cached_property
    def dimensions(self) -> list[str]:
        """Codes at the top."""
        return [path for path, code in self.codes.items() if not code.parent]

    def code_name(self, path: str) -> str:
        """A code's name in the language of the page."""
        code = self.codes.get(path)
        return (code.zh if self.say.language == "zh" else code.en) if code else path

    def document_name(self, id: str) -> str:
        """A document's city and title."""
        return self.names.get(id, id)

    @cached_property
    def names(self) -> dict[str, str]:
        """Document → city and title, of the whole study."""
        frame = self.study.documents()
        return {
            id: " · ".join(part for part in (city, title) if part) or id
            for id, city, title in zip(
                frame["document"], frame["city"], frame["title"], strict=True
            )
        }
