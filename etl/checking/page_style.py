"""How the page of a check looks: light and dark, on screens of any width, and on paper."""

from etl.checking.verdicts import Verdict

COLOURS: dict[Verdict, tuple[str, str, str]] = {
    "agrees": ("#d9f2de", "#1a7f37", "solid"),
    "conflicts": ("#ffd9d5", "#c0271b", "double"),
    "outdated": ("#ffe9b8", "#8a5a00", "dashed"),
    "new": ("#dce9ff", "#1f5fbf", "dotted"),
    "unclear": ("#e4e4e4", "#5b5b5b", "dotted"),
}
"""Ground, line and kind of line of each verdict; dark letters stand out on every ground."""
STYLE = """
:root{color-scheme:light dark}
body{margin:0 auto;max-width:46rem;padding:1.5rem 1rem 4rem;font:16px/1.7 system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.3;margin:.2rem 0}
h2{font-size:1.15rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid #ccc}
p{margin:.4rem 0}
a{color:#0b57a4}
mark,.badge{border-radius:3px;padding:0 .2em}
mark{border-bottom-left-radius:0;border-bottom-right-radius:0}
mark:target,.item:target{outline:3px solid #0b57a4;outline-offset:2px}
sup{line-height:0;font-size:.7em;white-space:nowrap}
sup a{text-decoration:none;padding:0 .1em}
.badge{display:inline-block;white-space:nowrap;font-size:.9em}
.kind,.meta{color:#5a5a5a;font-size:.85rem}
.note{background:#f3f3f3;border-left:4px solid #888;padding:.5rem .8rem;font-size:.9rem}
.legend{border-collapse:collapse;font-size:.9rem}
.legend td{padding:.25rem .7rem .25rem 0;vertical-align:top}
.count{text-align:right;white-space:nowrap}
.item{margin:0 0 .8rem;padding:.5rem .8rem;border:1px solid #d5d5d5;border-radius:6px;break-inside:avoid;page-break-inside:avoid}
.item ul{margin:.1rem 0 .3rem;padding-left:1.2rem;font-size:.9rem}
.number{display:inline-block;min-width:1.6em;font-weight:600;text-decoration:none}
.why{font-size:.95rem}
.base{font-size:.85rem;color:#5a5a5a;margin:.3rem 0 0}
.doubt{font-size:.9rem;font-weight:600}
code{font-size:.9em}
@media (prefers-color-scheme:dark){
body{color:#e6e6e6;background:#16181b}
a{color:#8ab8f0}
mark a,.badge a{color:#0b3d73}
h2{border-color:#444}
.kind,.meta,.base{color:#a8a8a8}
.note{background:#24272b;border-color:#777}
.item{border-color:#3a3d42}
}
@media print{
body{max-width:none;padding:0;font-size:10.5pt;color:#000;background:#fff}
mark,.badge{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:#000;text-decoration:none}
}
"""
