"""Which documents of a study are copies of each other, or otherwise kin."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from wenma.statistics.kinship import COPYING, SAME, Kin, kept_instead, kindred, sketch_of


@dataclass(frozen=True)
class Kinship:
    """Documents in the order of the corpus, and the kin among them by their numbers."""

    documents: tuple[str, ...] = ()
    kin: tuple[Kin, ...] = ()

    def among(self, documents: Collection[str]) -> "Kinship":
        """The same, of some of the documents alone."""
        wanted = {*documents}
        kept = [at for at, name in enumerate(self.documents) if name in wanted]
        if len(kept) == len(self.documents):
            return self
        place = {old: new for new, old in enumerate(kept)}
        # A text that is there several times is compared once: where the first of them is not
        # among these, the next stands for it.
        for one in self.kin:
            if one.kind in SAME and one.text in place:
                place.setdefault(one.other, place[one.text])
        pairs = [
            _in_order(replace(one, text=place[one.text], other=place[one.other]))
            for one in self.kin
            if one.text in place and one.other in place and place[one.text] != place[one.other]
        ]
        return Kinship(tuple(self.documents[at] for at in kept), tuple(pairs))

    @cached_property
    def copy_of(self) -> dict[str, str]:
        """Each document that is a copy, or inside another → the one that stands for it."""
        kept = kept_instead(self.kin, len(self.documents))
        return {
            self.documents[number]: self.documents[other]
            for number, other in enumerate(kept)
            if number != other
        }

    @cached_property
    def groups(self) -> dict[str, tuple[Kin, ...]]:
        """Each document that stands for others → how its copies are related, as `nearest` says."""
        related = {self.documents[one.text]: one for one in reversed(self.nearest)}
        found: dict[str, tuple[Kin, ...]] = {}
        for copy, kept in self.copy_of.items():
            found[kept] = (*found.get(kept, ()), related[copy])
        return found

    @cached_property
    def nearest(self) -> tuple[Kin, ...]:
        """Each copy beside the document it is most like, and other kin of those that are none."""
        best: dict[int, Kin] = {}
        for one in self.kin:
            before = best.get(one.text)
            if one.kind in COPYING and (before is None or one.likeness > before.likeness):
                best[one.text] = one
        rest = [
            one
            for one in self.kin
            if one.kind not in COPYING and one.text not in best and one.other not in best
        ]
        return tuple(sorted([*best.values(), *rest], key=lambda kin: (kin.text, kin.other)))


def _in_order(kin: Kin) -> Kin:
    """The later document first, but for one inside another."""
    if kin.kind == "inside" or kin.text > kin.other:
        return kin
    return Kin(kin.other, kin.text, kin.kind, kin.likeness, kin.share_other, kin.share)


NO_KIN = Kinship()
"""Of documents that were not compared."""


def kinship_of(texts: Mapping[str, str]) -> Kinship:
    """The kin among these documents, by their texts."""
    every = [*texts.values()]
    found = kindred([sketch_of(text) for text in every], every.__getitem__)
    return Kinship(tuple(texts), tuple(found))
