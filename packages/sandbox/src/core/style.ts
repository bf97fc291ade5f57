/** One style sheet for the sandbox's few pages, in light and dark, from 320 px up. */
export const STYLE = `
:root{--bg:#f4f6f8;--card:#fff;--ink:#16202c;--soft:#526070;--line:#d5dce4;--accent:#155f8a;--on:#fff;--good:#1c6b3f;--warn:#7a4b00;--warnbg:#fff3d6}
@media (prefers-color-scheme:dark){:root{--bg:#0d141d;--card:#152030;--ink:#e9eff6;--soft:#a4b3c4;--line:#2c3b4e;--accent:#7cc4ee;--on:#08222f;--good:#86d9a8;--warn:#ffdc96;--warnbg:#3a2c0c}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
.mark{margin:0;padding:.6rem 1rem;background:var(--warnbg);color:var(--warn);text-align:center;font-size:.9rem}
main{max-width:32rem;margin:1.5rem auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
body.wide main{max-width:66rem}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));padding:0;list-style:none}
.cards>li{margin:0;padding:1rem;border:1px solid var(--line);border-radius:10px}
.cards h3{margin:0;display:flex;justify-content:space-between;gap:.5rem;align-items:baseline}
.state{font-size:.85rem;font-weight:500;color:var(--soft)}
.state[data-state=works]{color:var(--good)}
.state[data-state=out],.state[data-state=limited],.state[data-state=over]{color:var(--warn)}
.said{padding:.6rem 1rem;border:1px solid var(--line);border-left:4px solid var(--good);border-radius:8px;background:var(--bg)}
.small{font-size:.9rem;min-height:36px;padding:.2rem .8rem}
.bar{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem;align-items:center}
.bar form,td form{display:inline}
.nowrap{white-space:nowrap}
@media (max-width:34rem){main{margin:0;border-width:0 0 1px;border-radius:0;padding:1.1rem}}
h1{font-size:1.3rem;line-height:1.3;margin:0 0 1rem}
h2{font-size:1.05rem;margin:1.75rem 0 .5rem}
h3{font-size:1rem;margin:1.1rem 0 .3rem}
p{margin:.5rem 0}
ul{padding-left:1.2rem;margin:.5rem 0}
li{margin:.35rem 0}
.soft{color:var(--soft);font-size:.9rem}
.who{margin-top:1rem;display:flex;gap:.75rem;align-items:center;padding:.75rem;border:1px solid var(--line);border-radius:10px}
.who img{width:44px;height:44px;border-radius:50%}
.who span{display:block}
.row{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
button,select{font:inherit;min-height:44px;padding:.5rem 1.2rem;border-radius:22px;border:1px solid var(--accent);background:transparent;color:var(--accent);cursor:pointer}
button.main{background:var(--accent);color:var(--on);font-weight:600}
input[type=text],input[type=password]{font:inherit;min-height:44px;padding:.5rem .8rem;width:100%;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink)}
select{border-radius:8px;border-color:var(--line);color:var(--ink);background:var(--card);max-width:100%}
button:focus-visible,select:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
img.shown{max-width:100%;height:auto;border-radius:8px}
label{display:block;margin-bottom:.35rem}
hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
a{color:var(--accent)}
code{font:.85em ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;width:100%}
th,td{text-align:left;padding:.3rem .8rem .3rem 0;vertical-align:top;border-bottom:1px solid var(--line)}
`
