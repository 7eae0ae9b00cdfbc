"""What a government's page says of its document: title, number, issuer, date, index number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

# For each fact the labels that pages give it, the surest first.
_LABELS: Mapping[str, tuple[str, ...]] = {
    name: tuple(labels.split())
    for name, labels in {
        "index_number": "索引号 信息索引号 索取号 索引编号 信息索引 索引",
        "title": "标题 文件标题 信息名称 文件名称 信息标题 公文标题 名称",
        "number": "发文字号 文号 发文文号 文件字号 公文字号 发文号 文件编号 文件号 信息文号 字号",
        "issuer": "发文机关 制发机关 制定机关 发文单位 发文机构 发文部门 制文机关 制定机构"
        " 成文机关 颁布单位 颁发机构 印发机关 发布机构 发布机关 发布单位 发布部门"
        " 公开机构 公开单位 公开部门 公开主体 责任部门",
        "date": "成文日期 发文日期 制文日期 签发日期 成文时间 发文时间 印发日期 印发时间"
        " 制发日期 生成日期 生成时间 颁布日期 公布日期 发布日期 发布时间 发表日期 发表时间"
        " 产生日期 公开日期 公开时间 更新日期 更新时间 日期 时间",
    }.items()
}
_OTHER = (
    "主题分类 主题词 主题 分类 体裁分类 体裁 服务对象 服务对象分类 组配分类 信息分类 信息类别"
    " 类别 文种 公开方式 公开形式 公开范围 公开时限 公开类别 公开程序 公开属性 有效性 时效性"
    " 是否有效 效力状态 文件状态 状态 生效日期 生效时间 实施日期 施行日期 失效日期 失效时间"
    " 废止日期 有效期 关键词 关键字 统一编号 统一登记号 规范性文件编号 登记号 内容概述 内容摘要"
    " 概述 摘要 责任编辑 编辑 作者 来源 信息来源 文章来源 稿件来源 稿源 录入时间 浏览量 浏览次数"
    " 浏览 点击 点击数 点击率 阅读 阅读量 阅读次数 访问量 访问次数 字体 字体大小 打印 分享"
    " 分享到 语音播报 保存 审核 录入 栏目 所属栏目 备注 附件下载 名词解释"
).split()
_OF_THE_PAGE = set(
    "来源 信息来源 文章来源 稿件来源 稿源 责任编辑 编辑 浏览量 浏览次数 浏览 点击 点击数 点击率"
    " 阅读 阅读量 阅读次数 访问量 访问次数 字体 字体大小 打印 分享 分享到".split()
)
_FIELD = {label: name for name, labels in _LABELS.items() for label in labels}
_KNOWN = {*_FIELD, *_OTHER}
_SURE = {
    label
    for labels in _LABELS.values()
    for label in labels
    if label not in ("标题", "名称", "字号", "日期", "时间", "索引", "责任部门")
}  # of themselves enough, also without a colon
_LABEL = re.compile(
    "|".join(r"[\s　]*".join(label) for label in sorted(_KNOWN, key=len, reverse=True))
)
_COLON = re.compile(r"\s*(?:[】\]］]\s*[:：]?|[:：])\s*")
_OPENS = "【[［ 　·•*"

_NUMBER = re.compile(
    r"(?P<body>[一-龥]{1,14}?)\s*[〔\[［（(【]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］）)】]"
    r"\s*第?\s*(?P<count>\d{1,5})\s*号"
)
_DAY = re.compile(r"((?:19|20)\d\d)\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})")
_HAN_DAY = re.compile(
    "([一二][〇○零ОO0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月"
    "([一二三四五六七八九十]{1,3})日"
)
_HAN = {char: at for at, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零ОO0", 0)
_BODY = re.compile(
    "(?:政府|国务院|办公厅|办公室|委员会|[一-龥]委|局|厅|部|院|署|中心|总队|支队|管委会|常委会|大会"
    "|协会|集团|党组|[一-龥]会)$"
)
_ALONE = re.compile(r".{8,13}[日号]")
_SHORT = 60  # characters of a line that may be a signature or its date, spaces counted
_SITE = re.compile(
    r"\s*[-_—|·]+\s*[^-_—|]{2,30}(?:网|网站|门户|平台|政府|公报|局|委|委员会|厅|院|中心|频道)$"
)


class Labelled(NamedTuple):
    """A label of a page's own and what stands beside it."""

    label: str
    value: str


def labelled(text: str) -> list[Labelled]:
    """The labels in a line or row of a page, each with its value.

    >>> [(one.label, one.value) for one in labelled("索 引 号： | 0007/1 | 发文机关： | 云州市府")]
    [('索引号', '0007/1'), ('发文机关', '云州市府')]
    >>> labelled("时间：2026-02-26 来源：区政府办公室")[1].value
    '区政府办公室'
    >>> labelled("文号是云州市的标记。")
    []
    """
    found: list[Labelled] = []
    start = -1
    label = ""
    for opened, end, name in _labels(text):
        if label:
            found.append(Labelled(label, _value(text[start:opened])))
        label, start = name, end
    if label:
        found.append(Labelled(label, _value(text[start:])))
    return found


def _labels(text: str) -> Iterator[tuple[int, int, str]]:
    """Where labels stand in a line: their begin, the end of their colon, and their name."""
    if len(text) > 600:
        return
    opened = False
    for hit in _LABEL.finditer(text):
        before = text[: hit.start()].rstrip(_OPENS)
        name = "".join(hit[0].split())
        colon = _COLON.match(text, hit.end())
        apart = not before or before[-1] in "|;；" or text[hit.start() - 1] in " \xa0　"
        # In a row of inline elements a label follows the value before it without a space.
        if not apart and not (opened and colon and name in _SURE):
            continue
        opened = True
        if colon:
            yield hit.start(), colon.end(), name
        elif _stands_alone(name, text[hit.end() :], first=not before):
            yield hit.start(), hit.end(), name


def _stands_alone(name: str, after: str, *, first: bool) -> bool:
    """Whether a label without a colon is one: alone in its cell, or a sure one and its value."""
    if after.lstrip()[:1] in ("|", ""):
        return not first or name in _SURE
    return first and name in _SURE and after[0] not in "是为的由"


def _value(written: str) -> str:
    return re.sub(r"\s+", " ", written).strip(" |　【】[]［］;；")


def clusters(texts: Sequence[str]) -> tuple[list[Labelled], set[int]]:
    """All labels of a page with their values, and the lines that are such and no text.

    Two labels of a document's facts side by side make a cluster; lines beside them that hold
    labels only belong to it. One alone may be a line of the document; and so may 时间：, 名称：
    and the like, which are the page's only beside its source or its clicks.
    """
    lines: dict[int, list[Labelled]] = {}
    at = 0
    while at < len(texts):
        found = labelled(texts[at])
        taken = 1
        if at + 1 < len(texts) and _wants_next(found, texts[at]):
            found, taken = _with_next(found, texts[at + 1])
        for place in range(at, at + taken if found else at):
            lines[place] = found
        at += taken
    told = _told(lines)
    pairs = [
        one
        for place, found in lines.items()
        for one in found
        if one.value and (one.label in _SURE or place in told)
    ]
    return pairs, told


def _wants_next(found: Sequence[Labelled], line: str) -> bool:
    """Whether a line holds labels only, so that their values stand in the next."""
    bare = not any(one.value for one in found) and line.count(" | ") + 1 == len(found)
    return bare and (len(found) > 1 or found[0].label in _SURE)


def _with_next(found: list[Labelled], line: str) -> tuple[list[Labelled], int]:
    """Labels above or before their values: ``索引号 | 文号`` and then a row of as many cells."""
    cells = [cell.strip() for cell in line.split(" | ")]
    if labelled(line) or len(cells) != len(found) or len(line) > 200:
        return found, 1
    return [Labelled(one.label, _value(cell)) for one, cell in zip(found, cells, strict=True)], 2


def _told(lines: Mapping[int, list[Labelled]]) -> set[int]:
    told: set[int] = set()
    run: list[int] = []
    for at in [*sorted(lines), -1]:
        if run and at != run[-1] + 1 and at != run[-1] + 2:
            labels = {one.label for place in run for one in lines[place]}
            if _is_cluster(labels):
                told.update(run)
            run = []
        run.append(at)
    return told


def _is_cluster(labels: set[str]) -> bool:
    if labels & _SURE:
        return len(labels) >= 2
    return bool(labels & _OF_THE_PAGE) and any(_FIELD.get(label) == "date" for label in labels)


def facts_of_page(
    pairs: Sequence[Labelled], metas: Mapping[str, str], headings: Sequence[str],
    texts: Sequence[str],
) -> dict[str, str]:  # fmt: skip
    """What is known of a page's document, by the names of attributes; unknown facts are absent.

    pairs     the page's labels
    metas     its <meta> tags, their names in lower case
    headings  its heading and its window's title, the surest first
    texts     the lines of the document itself

    Dates are ISO dates; of numbers the brackets are 〔〕.

    >>> lines = ["云政发[2020] 3号", "云州市人民政府", "2020年5月1日"]
    >>> [*facts_of_page([], {"articletitle": "云州规划"}, [], lines).values()]
    ['云州规划', '云政发〔2020〕3号', '云州市人民政府', '2020-05-01']
    """
    said = _by_label(pairs)
    signer, day = _signature(texts)
    title = said.get("title") or metas.get("articletitle") or next(filter(None, headings), "")
    found = {
        "index_number": said.get("index_number", "").replace(" ", ""),
        "title": _title(title),
        "number": _number(said.get("number", "")) or _number_line(texts),
        "issuer": "、".join(
            re.split(r"[\s,，;；]+", said.get("issuer") or signer or _source(metas))
        ),
        "date": said.get("date") or day or _date(metas.get("pubdate", "")),
    }
    return {name: value for name, value in found.items() if value}


def _by_label(pairs: Sequence[Labelled]) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for label, value in pairs:
        field = _FIELD.get(label)
        value = _date(value) if field == "date" else value
        if field is None or not re.search(r"[\w]", value):
            continue
        rank = _LABELS[field].index(label)
        if field not in best or rank < best[field][0]:
            best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def _title(written: str) -> str:
    plain = re.sub(r"<[^<>]*>", "", written)
    return re.sub(r"\s+", "", plain) if _mostly_han(plain) else " ".join(plain.split())


def _mostly_han(text: str) -> bool:
    return not re.search("[A-Za-z] +[A-Za-z]", text)


def _number(written: str) -> str:
    plain = re.sub(r"\s+", "", written)
    if not re.search(r"\d", plain):
        return ""
    return re.sub(r"[\[［（(【]((?:19|20)\d\d)[\]］）)】]", r"〔\1〕", plain)


def _number_line(texts: Sequence[str]) -> str:
    for line in texts[:15]:
        if hit := _NUMBER.fullmatch(line.strip()):
            return _number(hit[0])
    return ""


def _date(written: str) -> str:
    """The first day in a text, as an ISO date; "" where there is none.

    >>> _date("2019年2月15日"), _date("二〇〇四年十月二十五日"), _date("2026-02-10 18:02")
    ('2019-02-15', '2004-10-25', '2026-02-10')
    """
    if hit := _DAY.search(written):
        year, month, day = (int(part) for part in hit.groups())
    elif found := _HAN_DAY.search(written):
        year = int("".join(str(_HAN[char]) for char in found[1]))
        month, day = _small(found[2]), _small(found[3])
    else:
        return ""
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _small(written: str) -> int:
    """A number up to 99 in Chinese figures."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _HAN[written[-1]]
    return 10 * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0)


def _signature(texts: Sequence[str]) -> tuple[str, str]:
    """Who signs the document and when: a line that is a date alone, and the body above it."""
    for at, line in enumerate(texts):
        day = _date("".join(line.split())) if len(line) <= _SHORT else ""
        if day and _ALONE.fullmatch("".join(line.split())):
            above = "".join(texts[at - 1][:_SHORT].split()) if at else ""
            if len(above) <= 30 and _BODY.search(above):
                return above, day
    return "", ""


def _source(metas: Mapping[str, str]) -> str:
    source = metas.get("contentsource", "").strip()
    return source if _BODY.search(source) and "网" not in source else ""


def window_title(title: str) -> str:
    """A window's title without the name of the site.

    >>> window_title("云州市应急规划 - 云州市人民政府网站")
    '云州市应急规划'
    """
    return _SITE.sub("", " ".join(title.split()))
