"""Pages whose characters cannot be what the page shows: fonts without a character map."""

import re

_HAN = re.compile("[〇\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Private use, replacement, controls, and what fonts numbered from 128 on leave behind.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ODD = re.compile("[!-/:-@\\[-`{-~\u00a1-\u00bf\u00d7\u00f7\u2018-\u203a\u0192\u02c6\u02dc€™]")
_COMMON = frozenset(
    "的一是不了在有和与为以及等到中大上下年月日国人民政府社会经济发展建设工作推进加强化实施"
    "安全市区县新高全农业产生服务体系制度理管重点项目完善提升主要"
)
"""Of any Chinese text a third; of Han that came about by chance hardly any."""
_LEAST = 20  # characters; of fewer nothing is said
_FILLERS = str.maketrans("", "", ".…·—-_|*=• ")


def unreadable(text: str, glyphs: int, unmapped: int) -> bool:
    """Whether the characters of a page are not those it shows.

    text      the page's characters
    glyphs    how many signs the page draws
    unmapped  how many of them the file gives no character for

    >>> unreadable("\\ue001\\ue002" * 20, 40, 0), unreadable("建设韧性城市" * 9, 54, 0)
    (True, False)
    """
    bare = "".join(text.split())
    if max(glyphs, len(bare)) < _LEAST:
        return False
    # Some old programs write no map, yet number their glyphs as the characters are numbered.
    likely = sum(char in _COMMON for char in bare) > 0.12 * len(bare)
    if max(len(_STRANGE.findall(bare)), 0 if likely else unmapped) > 0.2 * max(glyphs, 1):
        return True
    words = bare.translate(_FILLERS)
    if len(words) < _LEAST or len(_HAN.findall(words)) > 0.05 * len(words):
        return False
    # English pages and pages of figures hold marks too, but letters and figures prevail.
    return len(_ODD.findall(words)) > 0.45 * len(words)
