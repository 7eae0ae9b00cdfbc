"""What a question needs of a codebook, kept beside it: names and order of codes, no rules.

Reading the YAML of a large codebook takes longer than counting a million codings; its outline is
made once a text and remembered.
"""

import json
from dataclasses import dataclass
from typing import Any

from wenma.records import Code, Codebook, Grade, Index, Product, Scoring
from wenma.store.project import Project, StoredCodebook
from wenma.study.clock import now
from wenma.version import __version__


@dataclass(frozen=True)
class CodebookOutline:
    """A codebook without its rules: ids, names, colours, scores and order of its codes, its index
    and its products.

    `words_per_firing` says, by the code and id of a rule that asks for several words, how many
    of them make one firing (0: all). `scoped` says whether the codebook has a scope.
    """

    codebook: Codebook
    words_per_firing: dict[tuple[str, str], int]
    scoped: bool

    @property
    def names(self) -> frozenset[str]:
        """Everything a code may be called: its path, its names."""
        codes = self.codebook.codes
        return frozenset(
            called for one in codes for called in (one.path, one.zh, one.en, one.en.lower())
        )


def whole_codebook(project: Project, stored: StoredCodebook) -> Codebook:
    """The codebook itself, with its rules and definitions."""
    from wenma.codebook.yaml_file import parse_kept_codebook

    return parse_kept_codebook(stored.text, file=f"{project.name}: {stored.coder}")


def outline_of(project: Project, stored: StoredCodebook) -> CodebookOutline:
    """The outline of a codebook a project keeps."""
    key, token = f"outline {stored.fingerprint}", f"3 {__version__}"
    kept = project.recall(key, token)
    if kept is None:
        made = _outline(whole_codebook(project, stored))
        kept = json.dumps(made, ensure_ascii=False).encode()
        project.remember(key, token, kept, now=now())
    return _read(json.loads(kept), stored)


def _outline(book: Codebook) -> dict[str, Any]:
    return {
        "id": book.id,
        "version": book.version,
        "zh": book.zh,
        "en": book.en,
        "codes": [
            [one.path, one.zh, one.en, one.colour, one.everywhere, one.scale, one.score]
            for one in book.codes
        ],
        "index": book.index,
        "products": book.products,
        "scoped": bool(book.scope),
        "together": [
            [code.path, rule.id, 2 if rule.near else 0]
            for code in book.codes
            for rule in code.rules
            if rule.near or rule.all_of
        ],
    }


def _read(told: dict[str, Any], stored: StoredCodebook) -> CodebookOutline:
    codes = tuple(
        Code(
            path, zh, en, colour=colour, everywhere=everywhere,
            scale=Scoring(*scale) if scale is not None else None, score=score,
        )
        for path, zh, en, colour, everywhere, scale, score in told["codes"]
    )  # fmt: skip
    products = tuple(
        Product(id, zh, en, tuple(map(tuple, factors))) for id, zh, en, factors in told["products"]
    )
    index = None
    if told["index"] is not None:
        variables, grades, constant, surface = told["index"]
        index = Index(
            tuple(variables), tuple(Grade(*one) for one in grades), tuple(constant), tuple(surface)
        )
    book = Codebook(
        told["id"], told["version"], told["zh"], told["en"], codes,
        index=index, products=products, text=stored.text, fingerprint=stored.fingerprint,
    )  # fmt: skip
    together = {(path, rule): many for path, rule, many in told["together"]}
    return CodebookOutline(book, together, told["scoped"])
