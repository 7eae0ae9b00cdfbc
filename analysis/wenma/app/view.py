"""What a page is given: a study seen through the filters, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wenma.app import project_file
from wenma.app.filters import Filters
from wenma.app.messages import Say
from wenma.queries.document_filter import of_documents
from wenma.queries.table import Table, query
from wenma.records import Code
from wenma.study.opened_study import Study

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class View:
    """The narrowed study a page asks its questions of, beside the `whole` of it.

    `project` and `state` lead to its texts; `coders` are those whose work may be seen.
    `within` is the city, plan or period a part of the page is about: every door it
    opens leads there.
    """

    study: Study
    whole: Study
    filters: Filters
    say: Say
    project: str
    state: tuple[float, ...]
    within: Mapping[str, str] = field(default_factory=dict)
    coders: tuple[str, ...] = ()

    def ask(self, name: str, **options: Any) -> Table:
        """The answer of a query, headings counted or not as the filters say."""
        options.setdefault("headings", self.filters.headings)
        study, asked = self.study, query(name)
        if asked.looks_at_text(options):
            options["units"] = self.units
        table = asked.function(
            study.codings, documents=study.documents, codes=study.codes, **options
        )
        return replace(table, basis={**study.basis, **table.basis})

    @cached_property
    def units(self) -> "DataFrame":
        """The sentences of the narrowed study with their text."""
        return of_documents(project_file.units(self.project, self.state), self.study.documents)

    def door(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """A table's door, leading to where this part of the page is."""
        return {**options, **self.within}

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Path → code, in the order of the codebook."""
        return {code.path: code for code in self.study.codebook.codes}

    @cached_property
    def leaves(self) -> list[str]:
        """Codes with no code under them; a parent with rules of its own stands for its children."""
        parents = {code.parent for code in self.codes.values()}
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
        frame = self.whole.documents
        return {
            id: " · ".join(part for part in (city, title) if part) or id
            for id, city, title in zip(
                frame["document"], frame["city"], frame["title"], strict=True
            )
        }
