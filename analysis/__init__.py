"""wenma 文码 codes Chinese policy documents the way a careful research team would.

The rooms, in the order text flows through them. A room imports only from
rooms above it; ``tests/test_house.py`` reads this list and fails on an import
that runs uphill. A new room means a new line here first.

==============  ==============================================================
errors          everything that can go wrong, one tree
records         the nouns, frozen
shipped         where the codebooks and the sample corpus lie once installed
runner          one function over many documents
sources         files become Documents
language        Documents become words and units
codebook        YAML becomes a tree of codes and rules
coding          rules meet units and leave codings with evidence
project         what a study keeps, in one file
review          people and rules are compared: agreement, validity, rules at work
queries         codings become tables, one question a file
publish         tables become charts, files and the report
interchange     a project becomes other programs' files, and back
notebook        the four names a notebook needs to begin
cli             the command line, one short file a command
app             the browser pages, one file a page
==============  ==============================================================

Files, SQL, printing and clocks live at the ends: ``sources.reading``,
``project.store``, ``interchange``, ``cli`` and ``app``. Everything between takes records or
DataFrames and returns them.

From a notebook, four names are enough to begin; each is loaded when first
used, so that ``import analysis`` stays quick:

>>> import analysis
>>> sorted(analysis.__all__)
['code', 'cut', 'load_codebook', 'read']
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.notebook import code, cut, load_codebook, read

__version__ = "0.1.0"
__all__ = ["code", "cut", "load_codebook", "read"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from analysis import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
