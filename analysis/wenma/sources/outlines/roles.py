"""What part a section plays in its document, told by the words of its heading.

A heading that begins with a verb of doing (加强, 构建, 推进 …) announces tasks,
whatever noun follows: 健全社会保障体系 is a task, not a safeguard. Where a
heading names two parts (发展现状和形势, 主要目标和重点任务) the first one named
counts, and the sections below speak for themselves. 形势, 机遇 and 挑战 are
counted as problems, as the codebook's researchers read them: what a plan must
answer to. A section whose heading says nothing plays the part of the one above.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import cast

from wenma.records import Role
from wenma.sources.outlines.numbered import Heading

# What a noun of doing may stand before without being done: 发展机遇, 建设目标, 编制依据.
_NAMES = (
    "(?:现状|基础|背景|历程|成就|成效|成果|进展|情况|回顾|优势|条件|环境|形势|态势|趋势|机遇|挑战|问题|困难|短板"
    "|难点|特征|阶段|目标|目的|任务|思路|理念|愿景|定位|原则|方针|要求|依据|范围|期限|对象|步骤|进度|时序|说明)"
)
_NAMED = re.compile(
    "(?P<appendix>^附(?:件|表|录|图)|(?:名词|术语|指标)解释|指标及名词)"
    "|(?P<front_matter>^(?:前言|引言|序言|编制说明)$)"
    "|(?P<other>^(?:规划|编制|制定|工作)?(?:目的|依据|范围|期限)(?:$|[和与及、])|(?:规划|编制)(?:目的|依据|范围|期限)"
    "|适用(?:范围|对象)|规范性引用文件|^术语[和与及]|^[总附]则$|环境影响(?:分析|评价|说明))"
    "|(?P<safeguards>保障措施|政策措施$|实施保障|组织保障|规划(?:实施)?保障|(?:机制|体制|[和与及])保障(?:机制|制度|体系)$"
    "|保障机制(?:$|，|确保|推动|促进)"
    "|^(?:强化|加强|完善)?(?:组织|实施|政策|资金|人才|科技|要素|用地|法治|制度|应急)?保障(?:$|，|确保|推动|促进)"
    "|组织实施|组织领导|(?:加强|强化|改善)(?:对[^，]{1,20}的|党的)?(?:全面|统一|集中统一)?领导(?!.*政府)|监督(?:评估|考核|检查)|监测评估"
    "|规划实施|(?:规划|纲要|方案|计划|建设)的?实施$|实施机制|传导与实施|督导落实|督查考核|健全规划体系|资金投入$"
    "|舆论引导$|为(?:全面)?(?:实现|落实|完成)[^，]{2,30}(?:奋斗|努力)$)"
    "|(?P<problems>(?:需|有待|亟待|亟需)(?:要)?(?:进一步|加快|不断)?(?:提升|提高|加强|增强|完善|健全|改善|优化)$"
    "|问题(?!导向|整改)|困境|短板|不足|困难|挑战|形势|机遇|制约|薄弱环节|发展环境|阶段特征|新特点)"
    "|(?P<current_state>现状|成效|成就|回顾|发展基础|工作基础|工作进展|取得的|过去[一五]年|主要成绩|规划背景)"
    "|(?P<goals>指导思想|指导方针|基本原则|规划原则|工作原则|总体要求|总体思路|基本要求|总体考虑|主要考虑"
    "|(?:发展|主要|总体|工作|预期|奋斗|规划|战略|阶段|修复|建设|远景|目标)目标|^目标|目标$|目标方向|目标任务$|愿景|理念$"
    "|战略定位(?:$|[和与及])|主要指标|展望|^到20[0-9]{2}年)"
    "|(?P<tasks>任务|重点工作|工作安排|工作重点|重大工程|重点工程|重点项目|专项行动|工作建议|主要举措|措施$|安排$)"
)
_DOING = re.compile(
    "^(?:以[^，]{1,30}(?:为|，)|坚持|聚焦|高度|着力|全面|全力|持续|深入|加快|大力|积极|进一步|扎实|统筹|切实|努力|不断"
    "|奋力|稳步|有效|加大|高质量|高水平|高标准|千方百计|突出)?"
    "(?:加强|构建|推进|完善|健全|强化|深化|优化|推动|打造|促进|建立|扩大|加快|壮大|筑牢|弘扬|增进|增强|提高|营造|统筹|巩固"
    "|落实|落细|开展|畅通|拓展|激发|激活|释放|塑造|实行|织牢|守住|守牢|融入|解决|抓好|做强|做优|做大|繁荣|增创|厚植|引领|集聚"
    "|夯实|办好|彰显|共建|共筑|用好|鼓励|严格|规范(?!性)|明确|做好|确保|重视|保持|严守|倡导|压实|应对|抢抓|化解|破解|补齐|消除"
    "|(?:提升|建设|发展|实施|培育|保障|改善|防范|防控|创新|服务|治理|推广|攻坚|编制|制定|支持|扶持|维护|整治)"
    f"(?!{_NAMES}(?:$|[和与及、，])))"
)
# 准确把握发展形势 is about the situation; 把握 does nothing.
_GRASPED = re.compile(
    "^(?:准确|深刻|正确|科学|全面|进一步)*(?:明确|把握|认识|领会|分析|遵循|确立|坚持)"
)
_ACHIEVED = re.compile(
    "如期实现|顺利实现|目标完成|(?:良好|精彩)开局$|取得.{0,12}(?:成就|成效|成果|进展|突破)$|历史性"
    "|.{2}(?:不断|持续|明显|显著|稳步|大幅|有效|全面|进一步)(?:完善|改善|增强|提升|提高|优化|健全|巩固|好转)$"
    "|(?:成效|效果)(?:显著|明显)$"
)
# 确保目标任务顺利实现 promises what it names.
_PROMISED = re.compile(
    "确保|保证|力争|争取|促进|推动|推进|努力|奋力|加快|加强|强化|保障|为[^，]{1,30}(?:提供|奠定)"
)
# 2025年目标和重点工作 holds the work itself; so does a year's 奋斗目标.
_WORK_TOO = re.compile("(?:[和与及、])(?:主要|重点|目标)?(?:任务|工作|举措)|20[0-9]{2}年.*目标$")
_WORK = re.compile("^(?:主要|重点)(?:任务|工作|举措)$|^重大(?:工程|举措)$")
_YEAR = re.compile("(20[0-9]{2})年")
# Words that turn the part even of a section inside the tasks.
_TURNING = re.compile(
    "^(?:[^，]{0,10}的)?(?:指导思想|基本原则|总体要求|总体思路|(?:发展|主要|总体|工作)目标"
    "|(?:发展|建设|工作)?(?:现状|基础|成效)(?:$|[和与及])|存在(?:的)?(?:主要)?(?:问题|不足|短板)|主要问题|面临(?:的)?(?:形势|挑战|机遇)"
    "|保障措施|组织实施|组织领导|实施保障)"
)
_OPENING: tuple[Role, ...] = ("current_state", "problems", "goals")


def roles(headings: Sequence[Heading], parents: Sequence[int], *, plan: bool) -> list[Role]:
    """The role of each section.

    `parents` gives for each heading the index of the one above, -1 at the top.
    In a plan or report (`plan`), a main section that says nothing of itself and
    stands after the goals or the review of the past holds tasks; in a law it is
    other. One that says nothing and holds situation, problems and goals plays
    the part most of them play.
    """
    found: list[Role] = []
    handed: list[Role] = []  # what the sections below start from
    seen: set[str] = set()
    past = _past(headings)
    for at, heading in enumerate(headings):
        parent = headings[parents[at]] if parents[at] >= 0 else None
        above: Role = handed[parents[at]] if parent else "other"
        role = _role_below(heading, above, parent, past)
        if not plan and role == "tasks":
            role = above
        hand = role
        main = parent is None or (above == "other" and not parent.number)
        if role == "other" and main and plan and not _names_other(heading.title):
            opening = None if "tasks" in seen else _majority(headings, parents, at)
            role = opening or ("tasks" if seen & {"goals", "current_state"} else "other")
            hand = "other" if opening else role
        seen.add(role)
        found.append(role)
        handed.append(hand)
    return found


def _past(headings: Sequence[Heading]) -> set[int]:
    """The years whose next year has a chapter too: 完成2024年任务 then looks back."""
    years = {int(hit[1]) for h in headings if h.level == 1 and (hit := _YEAR.search(h.title))}
    return {year for year in years if year + 1 in years}


def _role_below(heading: Heading, above: Role, parent: Heading | None, past: set[int]) -> Role:
    year = _YEAR.search(heading.title)
    if heading.level == 1 and year and int(year[1]) in past:
        return "current_state"
    role = role_of(heading, above)
    if above == "goals" and parent is not None and _WORK_TOO.search(parent.title):
        named = _NAMED.search(heading.title)
        told = (named and named.lastgroup == "goals") or _achieved(heading.title)
        return "goals" if told else "tasks"
    return role


def _names_other(title: str) -> bool:
    named = _NAMED.search(title)
    return title in ("结语", "结束语", "后记") or bool(named and named.lastgroup == "other")


def _majority(headings: Sequence[Heading], parents: Sequence[int], top: int) -> Role | None:
    """The part most sections below play, the first of equals; None where they do not open."""
    inside = {top}
    claims: list[Role] = []
    for at in range(top + 1, len(headings)):
        if parents[at] not in inside:
            break
        inside.add(at)
        claims.append(role_of(headings[at], "other"))
    opening = Counter(claim for claim in claims if claim in _OPENING)
    work = sum(claim in ("tasks", "safeguards") for claim in claims)
    if opening.total() < 2 or opening.total() <= work:
        return None
    return opening.most_common(1)[0][0]


def role_of(heading: Heading, above: Role) -> Role:
    """The role a heading claims under a section of role `above`."""
    title = heading.title
    if heading.family == "appendix" or above == "appendix":
        return "appendix"
    if above in ("other", "current_state") and _achieved(title):
        return "current_state"
    if _TURNING.match(title):
        return _claim(title) or "current_state"
    if above in ("other", "front_matter"):
        return _claim_alone(title) or above
    if above == "goals" and (_WORK.match(title) or _achieved(title)):
        return "tasks" if _WORK.match(title) else "goals"
    # Below 发展环境 or 总体要求 the parts are told apart; other tasks there are none.
    if above in _OPENING and "，" not in title and not _DOING.match(title):
        claim = _claim(title)
        return claim if claim in _OPENING else above
    return above


def _claim_alone(title: str) -> Role | None:
    """What a title claims where nothing above it speaks."""
    claim = _claim(title)
    if claim in _OPENING and _GRASPED.match(title):
        return claim
    return "tasks" if claim != "safeguards" and _DOING.match(title) else claim


def _claim(title: str) -> Role | None:
    named = _NAMED.search(title)
    # The groups of the pattern are named after roles.
    return cast(Role, named.lastgroup) if named else None


def _achieved(title: str) -> bool:
    hit = _ACHIEVED.search(title)
    return bool(hit) and not _PROMISED.search(title, 0, hit.end() if hit else 0)
