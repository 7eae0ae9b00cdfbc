"""What of a page leads elsewhere or speaks of the site: menus, paths, related pages, its foot."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from wenma.sources.html.page import Element, Page, Piece
from wenma.sources.html.prose import bare

_LONGEST_LIST = 60
_LEADS_AWAY = 0.6  # share of a piece's characters in links that makes it a menu
_TEXT_TAGS = frozenset(("main", "article"))
_MENU_TAGS = frozenset(("nav", "menu", "dir"))
_EDGE_TAGS = frozenset(("header", "footer", "aside"))
_ROLES = frozenset("navigation banner contentinfo complementary search menu".split())
_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|crumbs?|breadcrumbs?|share\w*|bdshare\w*|side\w*|aside"
    r"|rel|related\w*|relation\w*|recommend\w*|tuijian|xg(?:yd|wz|xw|lj|fj)|copyright|tools?|toolbar"
    r"|qr\w*|ewm|erweima|pager|pagination|login|search|friend\w*|links?|hot\w*|rank\w*|ads?|adv\w*"
    r"|popup|dialog|modal|toast)(?:$|[\s_\d-])"
)
_LINE = re.compile(
    r"(?:首\s*页|打\s*印(?:本页)?|关\s*闭(?:窗口|本页)?|收藏|分享(?:到|至)?|大|中|小|登录|注册"
    r"|返回(?:顶部|首页)?|无障碍(?:浏览)?|繁体(?:版)?|长者(?:版|模式)|语音播报|听全文|手机版|更多|搜索|展开全文|阅读全文|收起"
    r"|全文下载|加入收藏|打印|复制链接|\s)+"
    r"|(?:字体|字号|字\s*体大小)[:：\s【\[].{0,12}|扫一扫.{0,20}|(?:上|下)一[篇页条][:：].{0,80}"
    r"|相关(?:链接|新闻|阅读|附件|推荐|文章|文件|政策|解读|文档|稿件|报道)[:：]?"
    r"|(?:热点|热门|推荐|精彩|延伸)(?:推荐|阅读|新闻|文章|专题|图文|导读)[:：]?"
    r"|(?:您|你)?(?:现在|当前)?(?:所在)?的?位置[:：].{0,80}|[\d.]+[xX倍]|分享[:：]?.{0,10}"
    r"|(?:A[+-]?\s*[大中小]\s*)+|(?:浏览|点击|阅读|访问)(?:量|次数|数)?[:：].{0,10}"
    r"|【(?:打印|关闭|字体|返回).{0,20}|(?:责任)?编辑[:：].{0,12}"
)
_RELATED = re.compile(
    r"[·•【\[\s]*(?:相关|更多|推荐|延伸|热点|热门)(?:政策|新闻|文章|解读|政策解读|链接|文件|阅读|报道|稿件|推荐"
    r"|资讯|专题)[】\]]?\s*[:：|]"
)
_RELATED_HEAD = re.compile(
    r"[·•【\[\s]*(?:相关|热点|热门|推荐|精彩|延伸|更多|猜你|最新)"
    r"(?:链接|新闻|阅读|推荐|文章|文件|政策|解读|稿件|报道|专题|图文|资讯|动态|喜欢|导读)[】\]：:\s]*"
)
_FOOT = re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|网站地图|网站声明|隐私声明|技术支持[:：]"
    r"|主办(?:单位)?[:：].{0,60}承办(?:单位)?[:：]|copyright ?(?:©|\(c\)|\d)"
    r"|建议使用.{0,20}浏览器|您的浏览器|网站纠错",
    re.I,
)


def menus(page: Page) -> set[int]:
    """Places of the pieces that are no document of any page."""
    pieces = page.pieces
    files = {link.piece for link in page.files}
    away = [
        piece.linked >= _LEADS_AWAY * len(bare(piece.text)) > 0 and at not in files
        for at, piece in enumerate(pieces)
    ]
    teasers = _teasers(page, away)
    related = [bool(_RELATED.match(piece.text)) and len(piece.text) <= 100 for piece in pieces]
    found = {at for at, piece in enumerate(pieces) if away[at] and piece.links >= 3}
    found.update(at for run in _runs(away) if len(run) >= 3 for at in run)
    found.update(at for run in _runs(teasers) if len(run) >= 6 for at in run)
    found.update(at for run in _runs(related) if len(run) >= 2 for at in run)
    found.update(at for at, piece in enumerate(pieces) if _of_the_site(piece))
    found.update(at for at, piece in enumerate(pieces) for at in _related_list(page, at, piece))
    return found | _covered(_menu_spans(page), len(pieces))


def named_menu(element: Element) -> bool:
    """Whether an element says of itself that it is a menu, a foot or the like."""
    return element.tag in _MENU_TAGS or element.role in _ROLES or bool(_NAME.search(element.names))


def _runs(flags: Sequence[bool]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, flag in enumerate(flags):
        if flag:
            run.append(at)
        elif run:
            yield run
            run = []
    yield run


def _of_the_site(piece: Piece) -> bool:
    text = piece.text
    if len(text) > 300:
        return False
    return bool(_LINE.fullmatch(text)) or (not piece.hint and bool(_FOOT.search(text)))


def _teasers(page: Page, away: Sequence[bool]) -> list[bool]:
    """Pieces of blocks that are a link to another page and a short word on it."""
    found = [False] * len(page.pieces)
    for element in page.elements:
        if 2 <= element.last - element.first <= 3 and away[element.first]:
            places = range(element.first, element.last)
            if sum(len(page.pieces[at].text) for at in places) <= 200:
                found[element.first : element.last] = [True] * len(places)
    return found


def _related_list(page: Page, at: int, piece: Piece) -> range:
    """What stands below a heading like 相关阅读 in its element, if all are short items."""
    if len(piece.text) > 20 or not _RELATED_HEAD.fullmatch(piece.text):
        return range(0)
    above = page.elements[piece.element].parent
    below = range(at + 1, min(page.elements[max(above, 0)].last, at + _LONGEST_LIST))
    items = [page.pieces[one] for one in below]
    listed = all(
        len(item.text) <= 100 and (item.linked or _is_item(page.elements, item.element))
        for item in items
    )
    return range(at, below.stop) if listed and items else range(0)


def _is_item(elements: Sequence[Element], at: int) -> bool:
    return "li" in (elements[at].tag, elements[max(elements[at].parent, 0)].tag)


def _menu_spans(page: Page) -> Iterator[tuple[int, int]]:
    sums = _Sums(
        [0, *accumulate(piece.prose for piece in page.pieces)],
        [0, *accumulate(len(piece.text) for piece in page.pieces)],
        [0, *accumulate(piece.linked for piece in page.pieces)],
    )
    in_text: list[bool] = []
    for element in page.elements:
        above = element.parent >= 0 and in_text[element.parent]
        in_text.append(above or element.tag in _TEXT_TAGS)
        if _is_menu(element, sums, edge=element.tag in _EDGE_TAGS and not above):
            yield element.first, element.last


class _Sums(NamedTuple):
    """Of a page's pieces up to each: sentences, characters, characters that are links."""

    prose: list[int]
    characters: list[int]
    linked: list[int]


def _is_menu(element: Element, sums: _Sums, *, edge: bool) -> bool:
    """A menu by its tag or role may hold a few sentences; one by its class fewer, and little else.

    A class may say nav or side of what is the page itself.
    """
    if not edge and not named_menu(element):
        return False
    prose, characters, linked = (one[element.last] - one[element.first] for one in sums)
    if edge or element.tag in _MENU_TAGS or element.role in _ROLES:
        return prose <= max(2, 0.2 * sums.prose[-1])
    small = characters <= 0.3 * sums.characters[-1] or linked >= 0.5 * characters
    return small and prose <= max(1, 0.02 * sums.prose[-1])


def _covered(spans: Iterable[tuple[int, int]], size: int) -> set[int]:
    """All places in any of the spans, however they nest."""
    steps = [0] * (size + 1)
    for first, last in spans:
        steps[first] += 1
        steps[last] -= 1
    return {at for at, open_ in enumerate(accumulate(steps[:size])) if open_}
