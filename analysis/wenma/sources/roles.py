"""What part a section plays in its document, told by the words of its heading.

A heading that begins with a verb of doing (加强, 构建, 推进 …) announces tasks,
whatever noun follows: 健全社会保障体系 is a task, not a safeguard. Where a
heading names two parts (发展现状和形势, 主要目标和重点任务) the first one named
counts, and the sections below speak for themselves. 形势, 机遇 and 挑战 are
counted as problems, as the codebook's researchers read them: what a plan must
answer to. A section whose heading says nothing plays the part of the one above.
"""

import re
from collections.abc import Sequence
from typing import cast

from wenma.records import Role
from wenma.sources.numbered import Heading

_NAMED = re.compile(
    "(?P<appendix>^附(?:件|表|录|图)|(?:名词|术语|指标)解释|指标及名词)"
    "|(?P<front_matter>^(?:前言|引言|序言|编制说明)$)"
    "|(?P<safeguards>保障措施|实施保障|组织保障|规划(?:实施)?保障|保障机制$|^(?:强化|加强|完善)?(?:组织|实施|政策|资金|人才|"
    "科技|要素|用地|法治|制度)?保障$|组织实施|组织领导|监督(?:评估|考核|检查)|监测评估|规划实施|实施机制"
    "|传导与实施|督导落实|督查考核|健全规划体系|资金投入$|舆论引导$)"
    "|(?P<problems>(?:需|有待|亟待|亟需)(?:要)?(?:进一步|加快|不断)?(?:提升|提高|加强|增强|完善|健全|改善|优化)$|问题(?!导向|整改)|困境|短板|不足|困难|挑战|形势|机遇|制约|薄弱环节|发展环境|阶段特征|新特点)"
    "|(?P<current_state>现状|成效|成就|回顾|发展基础|工作基础|工作进展|取得的|过去[一五]年|主要成绩|规划背景"
    "|历史性)"
    "|(?P<goals>指导思想|指导方针|基本原则|规划原则|工作原则|总体要求|总体思路|基本要求|总体考虑|主要考虑"
    "|(?:发展|主要|总体|工作|预期|奋斗|规划|战略|阶段|修复|建设|远景|目标)目标|^目标|目标方向|目标任务$|愿景|理念$|战略定位(?:$|[和与及])|主要指标|展望|^到20[0-9]{2}年)"
    "|(?P<tasks>任务|重点工作|工作安排|工作重点|重大工程|重点工程|重点项目|专项行动|工作建议|主要举措|措施$|安排$)"
)
_DOING = re.compile(
    "^(?:以[^，]{1,30}(?:为|，)|坚持|聚焦|高度|着力|全面|全力|持续|深入|加快|大力|积极|进一步|扎实|统筹|切实|努力|不断"
    "|奋力|稳步|有效|加大|高质量|高水平|高标准|千方百计|突出)?"
    "(?:加强|构建|推进|完善|健全|提升|强化|深化|优化|推动|建设|打造|促进|发展(?!形势|目标|现状|基础|环境|思路|理念|愿景|阶段)|实施|建立|扩大|加快|培育|壮大|筑牢|弘扬"
    "|增进|增强|保障|改善|提高|防范|防控|创新|营造|统筹|巩固|落实|落细|开展|畅通|拓展|激发|激活|释放|塑造|实行|织牢|守住|守牢"
    "|融入|服务|解决|治理|抓好|做强|做优|做大|繁荣|增创|厚植|推广|引领|集聚|夯实|攻坚|办好|彰显|共建|共筑|用好|编制|制定|鼓励|支持|扶持|严格|规范(?!性)|明确|做好|确保|重视|维护|保持|整治|严守|倡导|压实)"
)
_ACHIEVED = re.compile(
    "如期实现|顺利实现|目标完成|(?:良好|精彩)开局$|取得.{0,12}(?:成就|成效|成果|进展)$|历史性"
    "|.{2}(?:不断|持续|明显|显著|稳步|大幅|有效|全面|进一步)(?:完善|改善|增强|提升|提高|优化|健全|巩固|好转)$"
    "|(?:成效|效果)(?:显著|明显)$"
)
# 2025年目标和重点工作 holds the work itself; so does a year's 奋斗目标.
_WORK_TOO = re.compile("(?:[和与及、])(?:主要|重点)?(?:任务|工作|举措)|20[0-9]{2}年.*目标$")
_YEAR = re.compile("(20[0-9]{2})年")
# Words that turn the part even of a section inside the tasks.
_TURNING = re.compile(
    "^(?:[^，]{0,10}的)?(?:指导思想|基本原则|总体要求|总体思路|(?:发展|主要|总体|工作)目标"
    "|(?:发展|建设|工作)?(?:现状|基础|成效)(?:$|[和与及])|存在(?:的)?(?:主要)?(?:问题|不足|短板)|主要问题|面临(?:的)?(?:形势|挑战|机遇)"
    "|保障措施|组织实施|组织领导|实施保障)"
)


def roles(headings: Sequence[Heading], parents: Sequence[int], *, plan: bool) -> list[Role]:
    """The role of each section.

    `parents` gives for each heading the index of the one above, -1 at the top.
    In a plan or report (`plan`), a main section that says nothing of itself and
    stands after the goals or the review of the past holds tasks; in a law it is
    other.
    """
    found: list[Role] = []
    seen: set[str] = set()
    years = {int(hit[1]) for h in headings if h.level == 1 and (hit := _YEAR.search(h.title))}
    past = {year for year in years if year + 1 in years}
    for at, heading in enumerate(headings):
        above: Role = found[parents[at]] if parents[at] >= 0 else "other"
        role = role_of(heading, above)
        year = _YEAR.search(heading.title)
        if heading.level == 1 and year and int(year[1]) in past:
            role = "current_state"  # 完成2024年任务 looks back when 2025年 has a chapter too
        elif above == "goals" and _WORK_TOO.search(headings[parents[at]].title):
            named = _NAMED.search(heading.title)
            role = role if named and named.lastgroup == "goals" else "tasks"
        if not plan and role == "tasks":
            role = above
        main = parents[at] < 0 or (above == "other" and not headings[parents[at]].number)
        if role == "other" and plan and main and seen & {"goals", "current_state"}:
            role = "other" if heading.title in ("结语", "结束语", "后记") else "tasks"
        seen.add(role)
        found.append(role)
    return found


def role_of(heading: Heading, above: Role) -> Role:
    """The role a heading claims under a section of role `above`."""
    title = heading.title
    if heading.family == "appendix" or above == "appendix":
        return "appendix"
    if _ACHIEVED.search(title) and above in ("other", "current_state"):
        return "current_state"
    if _TURNING.match(title):
        named = _NAMED.search(title)
        return _as_role(named.lastgroup) if named else "current_state"
    if above in ("other", "front_matter"):
        named = _NAMED.search(title)
        if _DOING.match(title) and not (named and named.lastgroup == "safeguards"):
            return "tasks"
        return _as_role(named.lastgroup) if named else above
    if (
        above in ("current_state", "problems", "goals")
        and "，" not in title
        and not _DOING.match(title)
    ):
        named = _NAMED.search(title)
        # Below 发展环境 or 总体要求 the parts are told apart; a task there is none.
        if named and named.lastgroup in ("current_state", "problems", "goals"):
            return _as_role(named.lastgroup)
    return above


def _as_role(name: str | None) -> Role:
    return cast(Role, name)  # the groups of the patterns are named after roles
