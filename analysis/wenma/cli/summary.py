"""What a run of ``wenma code`` did, in lines to read."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import listed, message_language, said
from wenma.records import Codebook

if TYPE_CHECKING:
    from wenma.study.adding import Run


def run_told(run: "Run", project: str) -> dict[str, Any]:
    """What a run did, as ``wenma code --format json`` prints it."""
    summary, book = run.summary, run.codebook
    return {
        "project": project,
        "coder": book.coder if book else "",
        "documents": summary.documents,
        "coded": summary.coded,
        "unchanged": summary.unchanged,
        "failed": [
            {"document": id, "error": error.said(message_language())}
            for id, error in summary.failed
        ],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in run.skipped],
        "units": summary.units,
        "codings": summary.codings,
        "in_headings": summary.in_headings,
        "elsewhere": list(summary.elsewhere),
        "attributes_changed": summary.attributes_changed,
        "unlisted": list(summary.unlisted),
        "to_look_at": [
            {
                "document": id,
                "kind": sign.kind,
                "where": sign.where,
                "said": sign.said.in_language(message_language()),
            }
            for id, sign in summary.to_look_at
        ],
        "copies": [
            {
                "document": kept,
                "copies": [
                    {
                        "document": run.kinship.documents[one.text],
                        "kinship": one.kind,
                        "likeness": round(100 * one.likeness, 1),
                    }
                    for one in copies
                ],
            }
            for kept, copies in run.kinship.groups.items()
        ],
        "unplaced": [one._asdict() for one in summary.unplaced],
        "reused_version": run.reused,
        **({"pack": dict(run.pack)} if run.pack else {}),
    }


def summary_lines(told: dict[str, Any], codebook: Codebook) -> Iterator[str]:
    """The summary: documents, units, codings by dimension, what was left out and why."""
    documents, coded, unchanged = told["documents"], told["coded"], told["unchanged"]
    every = documents + len(told["failed"])
    all_zh, all_en = (f"（共 {every:,}）", f" of {every:,}") if told["failed"] else ("", "")
    yield said(
        zh=f"{told['project']} 中 {documents:,}{all_zh} 份文件"
        f"（编码 {coded:,}，未变 {unchanged:,}），用时 {told['seconds']:.1f} 秒",
        en=f"{documents:,}{all_en} documents in {told['project']}"
        f" ({coded:,} coded, {unchanged:,} unchanged), {told['seconds']:.1f} s",
    )
    codings: dict[str, int] = told["codings"]
    if coded:
        made, units, in_headings = sum(codings.values()), told["units"], told["in_headings"]
        yield said(
            zh=f"{units:,} 个单元，{told['coder']} 编码 {made:,} 处"
            f"（标题中另有 {in_headings:,} 处，不计入表格）",
            en=f"{units:,} units, {made:,} codings by {told['coder']}"
            f" (and {in_headings:,} in headings, which tables leave out)",
        )
    yield from _by_dimension(codings, codebook)
    for one in told["skipped"]:
        yield said(
            zh=f"跳过 {one['path']}：{one['reason']}", en=f"skipped {one['path']}: {one['reason']}"
        )
    for one in told["failed"]:
        yield said(zh=f"失败 {one.get('zh') or one['error']}", en=f"failed {one['error']}")
    for one in told["to_look_at"]:
        where = f" ({one['where']})" if one["where"] else ""
        yield said(
            zh=f"请查看 {one['document']}{where}：{one['said']}",
            en=f"look at {one['document']}{where}: {one['said']}",
        )
    for one in told["copies"]:
        yield _copies(one)
    if changed := told["attributes_changed"]:
        yield said(
            zh=f"清单改动了 {changed:,} 份文件的属性",
            en=f"{changed:,} documents with something new in the manifest",
        )
    if told["unlisted"]:
        left, names = len(told["unlisted"]), _few(told["unlisted"])
        yield said(
            zh=f"清单旁另有 {left:,} 个文件未列入，未读入：{names}",
            en=f"{left:,} files beside the manifest are not listed in it, and left out: {names}",
        )
    for one in told["unplaced"]:
        yield _unplaced(one)
    if told["elsewhere"]:
        more, names = len(told["elsewhere"]), _few(told["elsewhere"])
        yield said(
            zh=f"项目中另有 {more:,} 份不在这些文件之内，仍然计入：{names}",
            en=f"{more:,} more in the project, not among these files and counted"
            f" all the same: {names}",
        )
    if told["reused_version"]:
        yield said(
            zh=f"{codebook.id} 的版本 {codebook.version} 以前用过，而规则不同；"
            "请提高版本号，以便区分表格",
            en=f"version {codebook.version} of {codebook.id} was used before with other rules;"
            " raise its version so that tables can be told apart",
        )


def _few(names: Sequence[str]) -> str:
    return listed(names[:5]) + (" …" if len(names) > 5 else "")


def _copies(one: dict[str, Any]) -> str:
    """A line on a document that is there several times."""
    from wenma.publish.labels import fixed_word

    language = message_language()
    names = [
        said(
            zh=f"{copy['document']}（{fixed_word(copy['kinship'], language=language)}，"
            f"相似度 {copy['likeness']}%）",
            en=f"{copy['document']} ({fixed_word(copy['kinship'], language=language)}, "
            f"{copy['likeness']} % alike)",
        )
        for copy in one["copies"]
    ]
    return said(
        zh=f"重复的文件：{one['document']} 与 {_few(names)}；--once 只计第一份",
        en=f"there more than once: {one['document']}, and {_few(names)};"
        " --once counts the first alone",
    )


def _unplaced(one: dict[str, Any]) -> str:
    """A line on work whose words are gone: whose it was, what, and on which words."""
    words = " ".join(one["words"].split())
    shown = words[:30] + "…" * (len(words) > 30)
    what = f"{one['table']} {one['row'].get('code', '')}".strip()
    return said(
        zh=f"“{one['document']}”已改动，{one['person']} 在“{shown}”上的 {what} 找不到原文；"
        "已另存于项目中",
        en=f"not found again in {one['document']}, which has changed: {what} by {one['person']}"
        f" on “{shown}”; it is kept apart in the project",
    )


def pack_line(pack: dict[str, Any]) -> str:
    """Whether the pack's codings came out again, and what may be why they did not."""
    if pack["same_codings"]:
        return said(
            zh=f"全部 {pack['codings']:,} 个编码参考点与数据包相同",
            en=f"all {pack['codings']:,} codings are those of the pack",
        )
    reasons = []
    if not pack["same_codebook"]:
        reasons.append(said(zh="用了另一个编码本", en="another codebook was used"))
    if pack["other_versions"]:
        versions = listed(pack["other_versions"])
        reasons.append(
            said(zh=f"数据包由 {versions} 制成", en=f"the pack was made with {versions}")
        )
    return said(
        zh=f"编码与数据包不同{'：' * bool(reasons)}{'；'.join(reasons)}",
        en=f"the codings differ from those of the pack{': ' * bool(reasons)}{'; '.join(reasons)}",
    )


def _by_dimension(codings: dict[str, int], codebook: Codebook) -> Iterator[str]:
    english = message_language() == "en"
    for top in (code for code in codebook.codes if code.depth == 1):
        inside = [(c, codings.get(c.path, 0)) for c in codebook.codes if c.dimension == top.path]
        total = sum(count for _, count in inside)
        if total:
            parts = listed(f"{c.zh} {count:,}" for c, count in inside if count)
            yield f"  {top.zh} {total:,}{': ' if english else '：'}{parts}"
