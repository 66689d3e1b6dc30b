/** The page's only style sheet; colours are roles, once for light and once for dark. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2126;--muted:#59636e;--line:#d0d6dc;--block:#f4f6f8;--link:#0a58a8;--target:#fff3c4;
--fatal:#a3123a;--error:#b23b06;--warning:#7c5a00;--info:#2a5f91;
--p0:#2f6fb0;--p1:#c9772b;--p2:#4f9d69;--p3:#8a63b3;--p4:#b0486b;--p5:#6b8e9c;--p6:#a39a3a;--p7:#9aa0a6}
@media (prefers-color-scheme:dark){:root{--bg:#15181c;--fg:#e4e8ec;--muted:#9aa5b1;--line:#3a424b;--block:#1e2329;--link:#85bdf5;--target:#4a4115;
--fatal:#ff8fa6;--error:#ffa071;--warning:#e6c15a;--info:#92c5f2;
--p0:#5b9bd9;--p1:#e09a55;--p2:#73bf8d;--p3:#ab8ad0;--p4:#d37394;--p5:#8fb0bd;--p6:#c4bb5c;--p7:#6c747c}}
*{box-sizing:border-box}
html{background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:0 1rem 3rem}
h1,h2,h3,h4,h5{line-height:1.25;margin:1.4em 0 .5em;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:.2em 0 .3em;max-width:64rem}h2{font-size:1.25rem;border-bottom:1px solid var(--line);padding-bottom:.2em}h3{font-size:1.05rem}
h4{font-size:.95rem;margin:1em 0 .3em}h4 .evidence{font-weight:400}h3 small{font-weight:400}
.eyebrow{color:var(--muted);margin:1.2rem 0 0;overflow-wrap:anywhere}header .note{margin:.2em 0 .6em}
p,ul,ol{margin:.5em 0}a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
:target{background:var(--target)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.badge{display:inline-block;min-width:1.5em;padding:0 .3em;border-radius:.25em;text-align:center;font-weight:700;color:var(--bg);background:currentcolor}
.badge>span:first-child{color:var(--bg)}
.fatal{--role:var(--fatal)}.error{--role:var(--error)}.warning{--role:var(--warning)}.info{--role:var(--info)}
.badge{background:var(--role)}
.incident{border:1px solid var(--line);border-left:.4rem solid var(--role);border-radius:.25rem;padding:0 1rem .5rem;margin:1rem 0}
.incident h3{margin:.8em 0 .3em}
.verdict{font-size:1.1rem;max-width:60rem}
.evidence,.note,.gap,figcaption,footer,small{color:var(--muted);font-size:.85rem}
.guess{font-style:italic}
dl.facts{margin:.5em 0}
dl.facts>div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:0 .75rem}
@media (min-width:64rem){dl.about{columns:2;column-gap:2rem}dl.about>div{break-inside:avoid}}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
pre,code,.time,.id,.seq{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.82rem}
pre{background:var(--block);border-radius:.25rem;padding:.6rem .75rem;margin:.3rem 0;overflow-x:auto;line-height:1.45}
pre code{font-size:inherit}
.steps{padding-left:0;list-style:none}.steps li{margin:.35rem 0}
@media print,(min-width:50rem){.steps li{display:grid;gap:.75rem;align-items:baseline}.steps pre{margin:0;padding:.25rem .6rem}}
@media print,(min-width:50rem){.steps li{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}}
.prompt{color:var(--muted);user-select:none}.steps pre{white-space:pre-wrap;overflow-wrap:anywhere}
.next{margin:.8em 0 .3em}.next summary{font-weight:700;font-size:.95rem;cursor:pointer}
figure{margin:0}.drawing{overflow-x:auto;padding:.25rem 0}.drawing svg{min-width:40rem;width:100%;height:auto}
.bars{max-width:46rem;margin:.6rem 0}.bar{display:block;width:100%;height:1.4rem;border-radius:.2rem}.bars h4{margin:.8em 0 .3em}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;list-style:none;padding:0;margin:.4rem 0;font-size:.9rem}.legend svg{display:inline-block;width:.7rem;height:.7rem}
.p0{fill:var(--p0)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}.p3{fill:var(--p3)}.p4{fill:var(--p4)}.p5{fill:var(--p5)}.p6{fill:var(--p6)}.p7{fill:var(--p7)}.k{fill:var(--fatal)}
.tasks{width:100%}.tasks th{font-weight:400;width:14rem;overflow-wrap:anywhere}.tasks td:last-child{width:6rem;text-align:right;padding-right:0;white-space:nowrap}.tasks .bar{height:.8rem}.killed{color:var(--fatal);font-weight:700}
pre .culprit{color:var(--fatal);font-weight:700}pre .muted{color:var(--muted)}
.wide{overflow-x:auto}.fleet{width:100%}.fleet td{vertical-align:top;overflow-wrap:break-word}.fleet .share{min-width:4rem}.fleet .share .bar{height:.35rem}.fleet td:nth-child(3){white-space:nowrap}
.input{border:1px solid var(--line);border-left:.4rem solid var(--role);border-radius:.25rem;margin:.5rem 0;padding:.35rem .75rem}.input>summary{cursor:pointer;overflow-wrap:anywhere}
svg{display:block;font:13px system-ui,sans-serif;fill:var(--fg)}
svg .rail{stroke:var(--line);stroke-width:2}svg .drop{stroke:var(--line);stroke-dasharray:2 4}
svg .boot{stroke:var(--muted);stroke-dasharray:6 4}svg .lane{font-weight:600}svg .kind{fill:var(--muted);font-size:11.5px}
svg .edge{fill:none;stroke:var(--muted);stroke-width:1.6}svg .edge.medium,svg .edge.low{stroke-dasharray:5 4}
svg .arrow{fill:var(--muted)}
svg .mark>path{fill:var(--role)}svg .letter{fill:var(--bg);font-weight:700}svg .warning .letter{font-size:11px}
svg text{stroke:none}svg .letter,svg .name,svg .tick{text-anchor:middle}
svg .tick{font-variant-numeric:tabular-nums;fill:var(--muted)}svg a{text-decoration:none}
.event{border:1px solid var(--line);border-left:.4rem solid var(--role,var(--line));border-radius:.25rem;margin:.5rem 0;padding:.35rem .75rem}
.event summary{cursor:pointer;overflow-wrap:anywhere}
.event .time{color:var(--muted)}.event .title{font-weight:600}
.log{white-space:pre-wrap;overflow-wrap:anywhere;padding:.4rem 0}
.log .line{display:block;padding:0 .5rem 0 calc(.5rem + 7ch);text-indent:-7ch;border-left:.25rem solid transparent}
.log .of{border-left-color:var(--role)}.log .loud{color:var(--error)}.log .warn{color:var(--warning)}
.seq{color:var(--muted);text-decoration:none;user-select:none}
.log .seq{display:inline-block;min-width:6ch;text-indent:0;user-select:auto}
.log .tag{font-weight:700}
.gap{text-align:center;margin:.4rem 0}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem .9rem .2rem 0;border-bottom:1px solid var(--line)}
footer{margin-top:3rem;border-top:1px solid var(--line)}
@media (max-width:40rem){pre.words{white-space:pre-wrap;overflow-wrap:anywhere}body{padding:0 .6rem 2rem}.incident{padding:0 .6rem .4rem}dl.facts>div{grid-template-columns:6.2rem minmax(0,1fr)}dl.facts{font-size:.95rem}.verdict{font-size:1.05rem}h1{font-size:1.3rem}.tasks th{width:9rem}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--muted:#444;--line:#bbb;--block:#fff;--link:#000;--target:#fff;--fatal:#a3123a;--error:#b23b06;--warning:#7c5a00;--info:#2a5f91}
body{max-width:none;padding:0}nav{display:none}pre,.drawing{overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}
.log-section,details:not([open]).next,.input:not([open])>div{display:none}.drawing svg{min-width:0}svg.bar{print-color-adjust:exact}
.steps li,dl>div{break-inside:avoid}h2,h3,h4,h5,summary,.incident .verdict{break-after:avoid}html{font-size:9.5pt}pre{font-size:7.5pt;line-height:1.3}.event,.incident{break-inside:auto}.incident{padding-bottom:.2rem}.badge,svg .mark>path{print-color-adjust:exact}}
`;
