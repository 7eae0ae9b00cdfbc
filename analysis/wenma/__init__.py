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
reliability     people and rules are compared: gold, validity, agreement, rules at work
queries         a Dataset becomes a Table, one question a file
publish         tables become charts, files and the report
interchange     a project becomes other programs' files, and back
study           the one door: who may see what, which coders are asked, the basis of an answer
cli             the command line, one short file a command: asks study
app             the browser pages, one file a page: asks study
==============  ==============================================================

Files, SQL, printing and clocks live at the ends: ``sources.reading``,
``store``, ``interchange``, ``cli`` and ``app``. Everything between takes records or
DataFrames and returns them.

From a notebook everything begins with `Study` (docs/python.md); each name is
loaded when first used, so that ``import wenma`` stays quick:

>>> import wenma
>>> sorted(wenma.__all__)
['Access', 'AccessError', 'Answer', 'Study', 'WenmaError', '__version__', 'code', 'cut',
 'load_codebook', 'questions', 'read']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wenma.version import __version__ as __version__

if TYPE_CHECKING:
    from wenma.codebook.yaml_file import load_codebook
    from wenma.errors import AccessError, WenmaError
    from wenma.language.words import cut
    from wenma.sources.reading import read
    from wenma.study.access import Access
    from wenma.study.answer import Answer
    from wenma.study.notebook import code_documents as code
    from wenma.study.study import Study, questions

__all__ = [
    "Access",
    "AccessError",
    "Answer",
    "Study",
    "WenmaError",
    "__version__",
    "code",
    "cut",
    "load_codebook",
    "questions",
    "read",
]

_FOUND = {
    "Access": "study.access:Access",
    "AccessError": "errors:AccessError",
    "Answer": "study.answer:Answer",
    "Study": "study.study:Study",
    "WenmaError": "errors:WenmaError",
    "code": "study.notebook:code_documents",
    "cut": "language.words:cut",
    "load_codebook": "codebook.yaml_file:load_codebook",
    "questions": "study.study:questions",
    "read": "sources.reading:read",
}


def __getattr__(name: str) -> Any:
    if name in _FOUND:
        module, _, own = _FOUND[name].partition(":")
        return getattr(import_module(f"wenma.{module}"), own)
    raise AttributeError(f"module 'wenma' has no attribute {name!r}")
