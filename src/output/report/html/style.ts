/** The page's only style sheet; colours are roles, once for light and once for dark. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2126;--muted:#59636e;--line:#d0d6dc;--block:#f4f6f8;--link:#0a58a8;--target:#fff3c4;
--fatal:#a3123a;--error:#b23b06;--warning:#7c5a00;--info:#2a5f91}
@media (prefers-color-scheme:dark){:root{--bg:#15181c;--fg:#e4e8ec;--muted:#9aa5b1;--line:#3a424b;--block:#1e2329;--link:#85bdf5;--target:#4a4115;
--fatal:#ff8fa6;--error:#ffa071;--warning:#e6c15a;--info:#92c5f2}}
*{box-sizing:border-box}
html{background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:0 1rem 3rem}
h1,h2,h3,h4,h5{line-height:1.25;margin:1.4em 0 .5em;overflow-wrap:anywhere}
h1{font-size:1.7rem}h2{font-size:1.3rem}h3{font-size:1.2rem;border-bottom:1px solid var(--line);padding-bottom:.2em}
h4{font-size:1rem}h4 .evidence{font-weight:400}h5{font-size:.95rem;margin:1em 0 .3em}
p,ul,ol{margin:.5em 0}a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
:target{background:var(--target)}
nav .note{margin-left:.5rem}nav .inputs{display:block}nav .inputs ul{padding-left:1.25rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.badge{display:inline-block;min-width:1.5em;padding:0 .3em;border-radius:.25em;text-align:center;font-weight:700;color:var(--bg);background:currentcolor}
.badge>span:first-child{color:var(--bg)}
.fatal{--role:var(--fatal)}.error{--role:var(--error)}.warning{--role:var(--warning)}.info{--role:var(--info)}
.badge{background:var(--role)}
.incident{border:1px solid var(--line);border-left:.4rem solid var(--role);border-radius:.25rem;padding:0 1rem .5rem;margin:1rem 0}
.incident h4{margin:.8em 0 .3em}
.verdict{font-size:1.15rem;max-width:60rem}
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
@media print,(min-width:50rem){.steps li{display:grid;grid-template-columns:3.6rem minmax(0,2fr) minmax(0,3fr);gap:.75rem;align-items:baseline}.steps pre{margin:0;padding:.25rem .6rem}}
.steps pre{white-space:pre-wrap;overflow-wrap:anywhere}
.next{margin:.8em 0 .3em}.next summary{font-weight:700;font-size:.95rem;cursor:pointer}
.tool{display:inline-block;text-align:center;border:1px solid var(--line);border-radius:.25rem;padding:0 .4em;font-size:.85rem}
figure{margin:0}.drawing{overflow-x:auto;padding:.25rem 0}
svg{display:block;font:13px system-ui,sans-serif;fill:var(--fg)}
svg .rail{stroke:var(--line);stroke-width:2}svg .drop{stroke:var(--line);stroke-dasharray:2 4}
svg .boot{stroke:var(--muted);stroke-dasharray:6 4}svg .lane{fill:var(--muted)}
svg .edge{fill:none;stroke:var(--muted);stroke-width:1.6}svg .edge.medium,svg .edge.low{stroke-dasharray:5 4}
svg .arrow{fill:var(--muted)}
svg .mark>path{fill:var(--role)}svg .letter{fill:var(--bg);font-weight:700}svg .warning .letter{font-size:11px}
svg text{stroke:none}svg .letter,svg .name,svg .tick{text-anchor:middle}
svg .tick{font-variant-numeric:tabular-nums}svg a{text-decoration:none}
.event{border:1px solid var(--line);border-left:.4rem solid var(--role,var(--line));border-radius:.25rem;margin:.5rem 0;padding:.35rem .75rem}
.event summary{cursor:pointer;overflow-wrap:anywhere}
.event .time{color:var(--muted)}.event .title{font-weight:600}
.log{white-space:pre-wrap;overflow-wrap:anywhere;padding:.4rem 0}
.log .line{display:block;padding:0 .5rem 0 calc(.5rem + 7ch);text-indent:-7ch;border-left:.25rem solid transparent}
.log .of{border-left-color:var(--role)}
.seq{color:var(--muted);text-decoration:none;user-select:none}
.log .seq{display:inline-block;min-width:6ch;text-indent:0;user-select:auto}
.log .tag{font-weight:700}
.gap{text-align:center;margin:.4rem 0}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem .9rem .2rem 0;border-bottom:1px solid var(--line)}
footer{margin-top:3rem;border-top:1px solid var(--line)}
@media (max-width:40rem){pre.words{white-space:pre-wrap;overflow-wrap:anywhere}body{padding:0 .6rem 2rem}.incident{padding:0 .6rem .4rem}dl.facts>div{grid-template-columns:6.2rem minmax(0,1fr)}dl.facts{font-size:.95rem}.verdict{font-size:1.05rem}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--muted:#444;--line:#bbb;--block:#fff;--link:#000;--target:#fff;--fatal:#a3123a;--error:#b23b06;--warning:#7c5a00;--info:#2a5f91}
body{max-width:none;padding:0}nav{display:none}pre,.drawing{overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}
details::details-content{content-visibility:visible;block-size:auto}svg{max-width:100%;height:auto}
.steps li,dl>div{break-inside:avoid}h2,h3,h4,h5,summary,.incident .verdict{break-after:avoid}html{font-size:10pt}.incident{padding-bottom:.2rem}.badge,svg .mark>path{print-color-adjust:exact}}
`;
