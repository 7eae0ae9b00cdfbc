"""What a page held besides its document: the parts left out, the files it links to."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from wenma.errors import SourceError
from wenma.records import Bilingual, LeftOut, Sign, han
from wenma.sources.html.article import Article
from wenma.sources.html.page import Link, Page
from wenma.sources.html.prose import sentence_ends

_TOLD = 0.02  # share of the text that, left out, asks for a look
_LEAST_TOLD = 60  # characters
_LEAST_HELD = 300  # characters; fewer are messages of a script
_BARE = 60  # Han without a sentence: a title, a date, a source
_LETTER = 400  # Han of a letter that only sends a document
_SENDS = re.compile("印发|公布|发布|转发|公开|下载|详见|见附件|附后")
_FILE_NAME = re.compile(r"[^/\\=?&#]+\.\w{2,4}")
_DOCUMENT = re.compile(
    "[一-龥]{0,6}(?:规划|纲要|计划|方案|报告|办法|意见|预案|条例|规定|目录|清单|通知)"
)


def parts_left_out(
    shell: Page, found: Page, choice: Article, held: Sequence[str]
) -> tuple[LeftOut, ...]:
    """What was left out of a page, with its characters.

    shell  the page as it stands
    found  the page that was read: the same, or the text that a script of it holds
    held   texts of its scripts that were not read
    """
    told = [
        LeftOut(kind, len(places), sum(len(found.pieces[at].text) for at in places))
        for kind, places in choice.left.items()
        if places
    ]
    if shell is not found and shell.pieces:
        size = sum(len(piece.text) for piece in shell.pieces)
        told.append(LeftOut("menu", len(shell.pieces), size))
    if held:
        told.append(LeftOut("script", len(held), sum(map(len, held))))
    for kind, marks in (("note_mark", found.marks), ("reading", found.readings)):
        if marks:
            told.append(LeftOut(kind, len(marks), sum(map(len, marks))))
    return tuple(told)


def signs_of_page(found: Page, choice: Article, held: Sequence[str], *, shown: bool) -> list[Sign]:
    """Text left out that looks like the document's, and text a script would show.

    held   texts of scripts that were not read
    shown  whether the page's own elements were read, and no script's text
    """
    signs = []
    size = sum(len(found.pieces[at].text) for at in choice.text)
    left = sum(len(found.pieces[at].text) for at in choice.doubtful)
    scripts = sum(map(len, held))
    left += scripts if scripts >= _LEAST_HELD else 0
    if left >= max(_LEAST_TOLD, _TOLD * size):
        zh = f"网页中另有 {left} 字像是正文而未读入（在正文区之外或被隐藏）"
        en = (
            f"{left} characters of the page look like text and were not read (beside it, or hidden)"
        )
        signs.append(Sign("left_out", Bilingual(zh, en)))
    if choice.unfolded or not shown:
        zh = "正文在网页中是隐藏的，由脚本显示；已读入"
        en = "the page hides its text until a script shows it; it was read"
        signs.append(Sign("shown_by_script", Bilingual(zh, en), look=False))
    return signs


def attached(found: Page, choice: Article, title: str) -> list[Sign]:
    """The sign of a page whose document is in a file it links to.

    Raises SourceError where the page holds nothing else.
    """
    files = {link.piece for link in found.files}
    texts = [found.pieces[at].text for at in choice.text if at not in files]
    size = sum(map(han, texts))
    names = _names(found.files)
    if not names or size > _LETTER:
        return []
    if size <= _BARE + han(title) and not sum(map(sentence_ends, texts)):
        raise SourceError(
            f"holds no document, only links to files: {names}",
            cure="Download the file and read that",
            zh=f"网页没有正文，只有附件链接：{names}。请下载附件后读取附件。",
        )
    if _SENDS.search("".join(texts)) and _DOCUMENT.search(names):
        zh = f"网页只是发文的通知，文件本身在附件中：{names}"
        en = f"the page only sends the document, which is in a file it links to: {names}"
        return [Sign("attachment_only", Bilingual(zh, en))]
    return []


def _names(files: Sequence[Link]) -> str:
    names = [link.name or _file_name(link.address) for link in files]
    shown = [*dict.fromkeys(filter(None, names))]
    more = f" … ({len(shown)})" if len(shown) > 4 else ""
    return "、".join(name[:80] for name in shown[:4]) + more


def _file_name(address: str) -> str:
    """The file an address leads to, also where a viewer shows it (``v.html?file=1.pdf``)."""
    found = _FILE_NAME.findall(address)
    return unquote(found[-1]) if found else address
