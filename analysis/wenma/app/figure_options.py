"""The figures a study is introduced with."""

from dataclasses import dataclass

from wenma.study.opened_study import Study


@dataclass(frozen=True)
class Figures:
    """How much there is, and how much of it is coded; `coded` is nan without units."""

    documents: int
    han: int
    references: int
    units: int
    coded: float


def figures(study: Study, *, headings: bool = False) -> Figures:
    """Documents, Han characters, references, units, and the share of units with a code.

    A reference is one code on one passage. A unit counts as coded by codes that look
    for their subject: one considered everywhere, such as a stance, would make nearly
    every unit coded. A free span makes no unit coded.
    """
    documents, codings = study.documents, study.codings
    if not headings:
        codings = codings[codings["kind"] != "heading"]
    han, units = int(documents["countable"].sum()), int(documents["units"].sum())
    if headings:
        han += int(documents["heading_han"].sum())
        units += int(documents["headings"].sum())
    everywhere = [code.path for code in study.codebook.codes if code.everywhere]
    inside = codings[(codings["unit"] >= 0) & ~codings["code"].isin(everywhere)]
    coded = len(inside.drop_duplicates(["document", "unit"]))
    references = len(codings.drop_duplicates(["document", "start", "end", "code"]))
    return Figures(len(documents), han, references, units, coded / units if units else float("nan"))
