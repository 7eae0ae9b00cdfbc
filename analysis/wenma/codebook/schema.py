"""The shape of a codebook file: one definition, read by us and published as JSON Schema.

The models here mirror the YAML as people write it (nested); `tree` turns them
into the flat records the rest of the house works with.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wenma.codebook.token_patterns import token_fault
from wenma.records import Role
from wenma.sources.cleaning import tidied, tidied_pattern

MISTAKE = "codebook mistake"
"""The type of the errors that already say problem, cure and Chinese."""
KEPT_TEXT = "kept"
"""The context in which the text of a project or pack is read: blank words were once let in."""
SEPARATORS = "，、,;；"
"""What people put between the words of a list, and YAML takes for a part of one word."""


def mistake(problem: str, *, cure: str, zh: str) -> PydanticCustomError:
    """An error of the schema in plain words; ``{what}`` in it becomes the place's name."""
    # The template is pydantic's, and a word of a codebook may hold braces.
    told = {"problem": problem, "cure": cure, "zh": zh}
    return PydanticCustomError(MISTAKE, "{problem}", told)


def _word(text: str, info: ValidationInfo) -> str:
    """A word as documents have it."""
    word = tidied(text)
    if not word:
        if info.context == KEPT_TEXT:
            return text
        raise mistake(
            "{what} is blank",
            cure="Write the word, or delete the item.",
            zh="{what}是空白。请填写，或删去这一项。",
        )
    return word


Identifier = Annotated[str, Field(pattern=r"^\w[\w-]*$", max_length=60)]
Wording = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_word)]
TermList = Annotated[list[Wording], Field(min_length=1)]
Prose = Annotated[str, Field(max_length=5000)]
Pattern = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(tidied_pattern)]
Score = Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)]
CodePath = Annotated[str, Field(min_length=1, max_length=400)]

MATCHING_WAYS = ("terms", "near", "all_of", "pattern", "tokens")

MOST_VARIABLES = 10
"""Of an index: X1 to X10, as in Estrada (2011)."""
ON_SURFACE = 9
"""Variables on a surface of three by three."""


class _Shape(BaseModel):
    # Strict: YAML reads 1.0 as a number and no as False; a codebook must say what it means.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Name(_Shape):
    """A name in Chinese and, if there is one, in English."""

    zh: Annotated[str, Field(min_length=1, max_length=80)]
    en: Annotated[str, Field(max_length=120)] = ""


class NearShape(_Shape):
    """One of the first words and one of the second within so many characters."""

    first: TermList
    second: TermList
    within: Annotated[int, Field(ge=0, le=200)] = 12
    order: Literal["either", "first"] = "either"


class RuleShape(_Shape):
    """Wording that is evidence for a code."""

    id: Identifier
    terms: TermList | None = None
    near: NearShape | None = None
    all_of: Annotated[list[TermList], Field(min_length=2)] | None = None
    pattern: Pattern | None = None
    tokens: (
        Annotated[list[Annotated[list[dict[str, Any]], Field(min_length=1)]], Field(min_length=1)]
        | None
    ) = None
    words: bool = False
    not_in: TermList | None = None
    not_with: TermList | None = None
    roles: Annotated[list[Role], Field(min_length=1)] | None = None
    not_roles: Annotated[list[Role], Field(min_length=1)] | None = None
    under: TermList | None = None
    not_under: TermList | None = None
    headings: bool = True
    otherwise: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "RuleShape":
        ways = [way for way in MATCHING_WAYS if getattr(self, way) is not None]
        if len(ways) > 1:
            raise mistake(
                f"rule {self.id!r} has {' and '.join(ways)}; a rule has one of them",
                cure="Make two rules of it.",
                zh=f"规则“{self.id}”同时写了 {' 与 '.join(ways)}，只能写一种。请拆成两条规则。",
            )
        if not ways and self.roles is None and self.under is None:
            raise mistake(
                f"rule {self.id!r} matches nothing",
                cure=f"Give it one of {', '.join(MATCHING_WAYS)}, roles or under.",
                zh=f"规则“{self.id}”什么也不匹配。"
                f"请写 {'、'.join(MATCHING_WAYS)}、roles 或 under 之一。",
            )
        if self.words and self.terms is None:
            raise mistake(
                f"rule {self.id!r} has words: true without terms",
                cure="Delete it: only terms can be asked to be whole words.",
                zh=f"规则“{self.id}”没有 terms 却写了 words: true。请删去：只有 terms 可要求整词。",
            )
        for longer in self.not_in or []:
            if self.terms is not None and not any(t in longer for t in self.terms):
                raise mistake(
                    f"rule {self.id!r} has not_in {longer!r}, which holds none of its terms",
                    cure="Write a longer wording that holds one, or use not_with.",
                    zh=f"规则“{self.id}”的 not_in 中“{longer}”不含任何 terms。"
                    "请写含有该词的更长字样，或改用 not_with。",
                )
        return self

    @field_validator("tokens")
    @classmethod
    def _usable(
        cls, patterns: list[list[dict[str, Any]]] | None, info: ValidationInfo
    ) -> list[list[dict[str, Any]]] | None:
        for pattern in patterns or []:
            if not token_words(pattern):
                raise mistake(
                    "{what} needs in each pattern a token that must be there, with TEXT as a word",
                    cure="Add one: {TEXT: 演练} or {TEXT: {IN: [演练, 推演]}}.",
                    zh="{what}：每个模式都须有一个必现的词。"
                    "请补 {TEXT: 演练} 或 {TEXT: {IN: [演练, 推演]}}。",
                )
            if info.context != KEPT_TEXT and (fault := token_fault(pattern)):
                raise mistake(f"{{what}} {fault.en}", cure="", zh=f"{{what}}{fault.zh}")
        return patterns and [[_tidied_token(token) for token in one] for one in patterns]


class Scope(_Shape):
    """What a unit must be about before any code is considered."""

    definition: Prose = ""
    rules: Annotated[list[RuleShape], Field(min_length=1)]


class CodeShape(_Shape):
    """An idea, with its children."""

    id: Identifier
    name: Name
    definition: Prose = ""
    when: list[Prose] = []
    when_not: list[Prose] = []
    examples: list[Wording] = []
    near_misses: list[Wording] = []
    source: Prose = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    choose: Literal["any", "one"] = "any"
    everywhere: bool = False
    scale: Literal["ordinal"] | None = None
    score_of: Literal["document", "unit"] | None = None
    several: Literal["highest", "mean", "sum"] | None = None
    absent: Score | None = None
    score: Score | None = None
    rules: list[RuleShape] = []
    codes: list["CodeShape"] = []


class GradeShape(_Shape):
    """What an index of at least so much is called."""

    name: Name
    at_least: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class IndexShape(_Shape):
    """What turns codings into an index of a document (PMC)."""

    # How many they may be is also asked in `tree`, which tells it in plain words.
    variables: Annotated[
        list[Identifier], Field(min_length=1, json_schema_extra={"maxItems": MOST_VARIABLES})
    ]
    constant: list[Identifier] = []
    surface: Annotated[
        list[Identifier],
        Field(json_schema_extra={"minItems": ON_SURFACE, "maxItems": ON_SURFACE}),
    ] = []
    grades: Annotated[list[GradeShape], Field(min_length=1)]


class ProductShape(_Shape):
    """Scales multiplied with each other; those within one factor are added first."""

    id: Identifier
    name: Name
    factors: Annotated[
        list[Annotated[list[CodePath], Field(min_length=1)]], Field(min_length=1, max_length=6)
    ]


class CodebookShape(_Shape):
    """A wenma codebook 文码编码本."""

    codebook: Identifier
    version: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w.+-]+$")]
    name: Name
    description: Prose = ""
    source: Prose = ""
    author: Prose = ""
    date: Prose = ""
    changes: Prose = ""
    masks: list[Pattern] = []
    scope: Scope | None = None
    index: IndexShape | None = None
    products: list[ProductShape] = []
    codes: Annotated[list[CodeShape], Field(min_length=1)]


def _tidied_token(token: dict[str, Any]) -> dict[str, Any]:
    """A token's description with the words it asks for tidied; a REGEX stays as it is."""

    def tidy(value: Any) -> Any:
        if isinstance(value, str):
            return tidied(value)
        if isinstance(value, list):
            return [tidy(one) for one in value]
        if isinstance(value, dict):
            return {k: tidy(v) if k in ("IN", "NOT_IN") else v for k, v in value.items()}
        return value

    return {k: tidy(v) if k in ("TEXT", "ORTH", "LOWER") else v for k, v in token.items()}


def token_words(pattern: list[dict[str, Any]]) -> tuple[str, ...]:
    """The words one of which must stand in the text for a token pattern to match.

    >>> token_words([{"POS": "VERB"}, {"TEXT": {"IN": ["演练", "推演"]}}])
    ('演练', '推演')
    >>> token_words([{"TEXT": "开展", "OP": "?"}])
    ()
    """
    for token in pattern:
        if token.get("OP", "1") not in ("1", "+"):
            continue
        text = token.get("TEXT")
        if isinstance(text, str) and text:
            return (text,)
        if isinstance(text, dict) and isinstance(text.get("IN"), list) and text["IN"]:
            return tuple(map(str, text["IN"]))
    return ()


def json_schema() -> str:
    """The JSON Schema of a codebook file, for editors that complete and check YAML."""
    schema = CodebookShape.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
