"""What a run of ``wenma code`` did, in lines to read."""

from collections.abc import Iterator, Sequence
from typing import Any

from wenma.records import Codebook


def summary_lines(told: dict[str, Any], codebook: Codebook) -> Iterator[str]:
    """The summary: documents, units, codings by dimension, what was left out and why."""
    every = told["documents"] + len(told["failed"])
    of = f" of {every:,}" if told["failed"] else ""
    yield (
        f"{told['documents']:,}{of} documents in {told['project']}"
        f" ({told['coded']:,} coded, {told['unchanged']:,} unchanged), {told['seconds']:.1f} s"
    )
    codings: dict[str, int] = told["codings"]
    if told["coded"]:
        yield (
            f"{told['units']:,} units, {sum(codings.values()):,} codings by {told['coder']}"
            f" (and {told['in_headings']:,} in headings, which tables leave out)"
        )
    for top in (code for code in codebook.codes if code.depth == 1):
        inside = [(c, codings.get(c.path, 0)) for c in codebook.codes if c.dimension == top.path]
        total = sum(count for _, count in inside)
        if total:
            parts = ", ".join(f"{c.zh} {count:,}" for c, count in inside if count)
            yield f"  {top.zh} {total:,}: {parts}"
    for one in told["skipped"]:
        yield f"skipped {one['path']}: {one['reason']}"
    for one in told["failed"]:
        yield f"failed {one['error']}"
    if told["attributes_changed"]:
        yield f"{told['attributes_changed']:,} documents with something new in the manifest"
    if told["unlisted"]:
        yield (
            f"{len(told['unlisted']):,} files beside the manifest are not listed in it and were"
            f" left out: {_few(told['unlisted'])}"
        )
    for one in told["unplaced"]:
        yield _unplaced(one)
    if told["elsewhere"]:
        yield (
            f"{len(told['elsewhere']):,} more in the project, not among these files and counted"
            f" all the same: {_few(told['elsewhere'])}"
        )
    if told["reused_version"]:
        yield (
            f"version {codebook.version} of {codebook.id} was used before with other rules;"
            " raise its version so that tables can be told apart"
        )


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _unplaced(one: dict[str, Any]) -> str:
    """A line on work whose words are gone: whose it was, what, and on which words."""
    words = " ".join(one["words"].split())
    shown = words[:30] + "…" * (len(words) > 30)
    what = f"{one['table']} {one['row'].get('code', '')}".strip()
    return (
        f"not found again in {one['document']}, which has changed: {what} by {one['person']}"
        f" on “{shown}”; it is kept apart in the project"
    )


def pack_line(pack: dict[str, Any]) -> str:
    """Whether the pack's codings came out again, and what may be why they did not."""
    if pack["same_codings"]:
        return f"all {pack['codings']:,} codings are those of the pack"
    reasons = [] if pack["same_codebook"] else ["another codebook was used"]
    if pack["other_versions"]:
        reasons.append(f"the pack was made with {', '.join(pack['other_versions'])}")
    return f"the codings differ from those of the pack{': ' * bool(reasons)}{'; '.join(reasons)}"
