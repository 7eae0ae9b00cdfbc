"""附件2 and the title on the lines below it become one heading."""

import re
from collections.abc import Sequence

from wenma.sources.joining import Joined
from wenma.sources.outlines.numbering import number
from wenma.sources.outlines.title_lines import ends_as_title

_ITEM = re.compile("[0-9]{1,2}[.．、]")  # 1.2026年清单
_LONGEST = 40


def titled_annexes(joined: Sequence[Joined]) -> list[Joined]:
    """The paragraphs, where 附件2 takes the title below it; a title may fill two lines."""
    titled: list[Joined] = []
    for one in joined:
        open_ = titled[-1] if titled else one
        if open_.parts[0].text[0] == "附" and one is not open_ and _takes(open_, one):
            titled[-1] = open_._replace(parts=(*open_.parts, *one.parts))
        else:
            titled.append(one)
    return titled


def is_annex(words: str) -> bool:
    """Whether a line holds an annex's number and nothing else.

    >>> is_annex("附件2"), is_annex("附件"), is_annex("附件："), is_annex("附件2 清单")
    (True, True, False, False)
    """
    if words[0] != "附" or len(words) > 8:
        return False
    found = number(words)
    # 附件： opens a list of annexes, and 名词解释 is a title itself.
    alone = found is not None and found.family == "appendix" and found.end == len(words)
    return alone and words[-1] not in "：:"


def _takes(open_: Joined, coming: Joined) -> bool:
    if not (open_.kind == coming.kind == "body" and is_annex(open_.parts[0].text)):
        return False
    words = "".join(part.text for part in coming.parts[:3])
    found = number(words)
    title = found is None or (found.family == "appendix" and found.end == 0)
    if (
        not title
        or len(words) > _LONGEST
        or len(coming.parts) > 2
        or words[-1] in "。！？；：:，、"
    ):
        return False
    if len(open_.parts) == 1:
        return not _ITEM.match(words)
    unended = not ends_as_title(open_.parts[-1].text)
    return unended and ends_as_title(words) and len(open_.parts) == 2
