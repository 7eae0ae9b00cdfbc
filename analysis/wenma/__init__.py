"""wenma 文码 codes Chinese policy documents the way a careful research team would.

The rooms, in the order text flows through them. A room imports only from
rooms above it; ``tests/test_house.py`` reads this list and fails on an import
that runs uphill. A new room means a new line here first.

==============  ==============================================================
version         which wenma this is
errors          everything that can go wrong, one tree
records         the nouns, frozen
shipped         where the codebooks and the sample corpus lie once installed
engine          one function over many documents
sources         files become Documents
language        Documents become words and units
codebook        YAML becomes a tree of codes and rules, and is edited in place
coding          rules meet units and leave codings with evidence
statistics      numbers in, numbers out: agreement, association, tests, resampling
store           what a study keeps; all SQL lives here
study           the one door
reliability     people and rules are compared: gold, validity, agreement, rules at work
queries         a Dataset becomes a Table, one question a file
publish         tables become charts, files and the report
interchange     a project becomes other programs' files, and back
notebook        the four names a notebook needs to begin
cli             the command line, one short file a command
app             the browser pages, one file a page
==============  ==============================================================

Files, SQL, printing and clocks live at the ends: ``sources.reading``,
``store``, ``interchange``, ``cli`` and ``app``. Everything between takes records or
DataFrames and returns them.

From a notebook, four names are enough to begin; each is loaded when first
used, so that ``import wenma`` stays quick:

>>> import wenma
>>> sorted(wenma.__all__)
['code', 'cut', 'load_codebook', 'read']
"""

from typing import TYPE_CHECKING, Any

from wenma.version import __version__ as __version__

if TYPE_CHECKING:
    from wenma.notebook import code, cut, load_codebook, read

__all__ = ["code", "cut", "load_codebook", "read"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from wenma import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module 'wenma' has no attribute {name!r}")
