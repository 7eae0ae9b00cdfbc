"""What of a wording the masks of a codebook strike out wherever it stands."""

from collections.abc import Iterator, Sequence

import re2


def masked_spans(word: str, masks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The parts of a word that lie in a mask whatever stands around the word.

    >>> list(masked_spans("市消防局长", ["消防(局|站)"]))
    [(1, 4)]
    """
    for mask in masks:
        # Between two signs no mask asks for, so that ^ and $ do not match by mistake.
        for found in re2.finditer(mask, f"\ue000{word}\ue000"):
            start, end = max(found.start() - 1, 0), min(found.end() - 1, len(word))
            if start < end:
                yield start, end
