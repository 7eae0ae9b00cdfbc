"""How a report looks on the screen and on paper: three rules a table, readable in grey."""

STYLE = """
:root { --ink: #222; --soft: #595959; --rule: #222; --link: #08478f; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem; color: var(--ink); background: #fff;
  font: 1rem/1.65 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei',
  'WenQuanYi Micro Hei', 'Noto Sans SC', sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 1px solid #ccc; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
.subtitle, .small, .basis { color: var(--soft); }
.small { font-size: .8em; font-weight: normal; white-space: nowrap; }
a { color: var(--link); }
a:focus, .scroll:focus { outline: 3px solid #e69f00; outline-offset: 2px; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; padding: 0; }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--soft); font-size: .9rem; }
.facts dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.3; }
.contents { columns: 2 22rem; list-style: none; padding: 0; margin: .5rem 0; }
.contents li { break-inside: avoid; margin: .1rem 0; }
.contents .empty { color: var(--soft); }
.reason { border-left: 4px solid #bbb; padding: .1rem .8rem; color: var(--soft); }
.scroll { overflow: auto; max-height: 36rem; }
table { border-collapse: collapse; border-top: 2px solid var(--rule);
  border-bottom: 2px solid var(--rule); font-size: .88rem; line-height: 1.45; }
caption { text-align: start; font-weight: 600; padding-bottom: .4rem; }
thead th { border-bottom: 1px solid var(--rule); position: sticky; top: 0; background: #fff;
  vertical-align: bottom; }
th, td { padding: .22rem .6rem; text-align: start; vertical-align: top; min-width: 3rem; }
tbody th { font-weight: normal; min-width: 6rem; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.long { min-width: 18rem; }
td.n a { text-decoration-color: #9dc6e0; text-underline-offset: .2em; }
.notes { margin: .4rem 0 0; padding-left: 1.2rem; font-size: .85rem; }
.basis { font-size: .8rem; margin: .3rem 0 1.5rem; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; }
figure .scroll { max-height: none; }
figcaption { font-weight: 600; font-size: .88rem; margin-top: .3rem; }
.en { color: var(--soft); font-weight: normal; }
.passages li { margin: .35rem 0; }
.passages q { quotes: none; }
section.door:target { background: #fff7d6; }
section.door h3 { margin-top: 1rem; font-size: 1rem; }
cite { font-style: normal; color: var(--soft); font-size: .85rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .scroll { max-height: none; overflow: visible; }
  table { font-size: 8pt; }
  figure svg { max-width: 100%; height: auto; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr, figure, .facts { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  .skip { display: none; }
}
"""
