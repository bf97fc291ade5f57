/** The few pages that need no console: plain HTML, no script, nothing from elsewhere. Pure. */
export const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char,
  )

export function page(title: string, body: string, width: 'narrow' | 'wide' = 'narrow'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="/favicon.svg">
<title>${escapeHtml(title)} · Mooring</title>
<style>
:root { color-scheme: light dark; --bg: #F5F8FD; --card: #FFFFFF; --line: #DDE5F1; --text: #0B1730; --text-2: #42526F; --accent: #1B5FD6; --ink: #FFFFFF }
@media (prefers-color-scheme: dark) { :root { --bg: #0A1223; --card: #101B31; --line: #1F2F4F; --text: #EAF0FB; --text-2: #ABB9D3; --accent: #6FB5FF; --ink: #04122A } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg); color: var(--text); font: 14px/21px Inter, system-ui, sans-serif }
main { box-sizing: border-box; width: min(440px, calc(100vw - 32px)); padding: 28px; background: var(--card); border: 1px solid var(--line); border-radius: 12px }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 28px; letter-spacing: -.017em } p { margin: 0 0 12px; color: var(--text-2) } p:last-child { margin: 0 }
button { height: 40px; padding: 0 18px; border: 0; border-radius: 8px; background: var(--accent); color: var(--ink); font: inherit; font-weight: 500; cursor: pointer }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px } a { color: var(--accent) } code { font-size: 13px }
form { margin: 0 0 12px } [role=alert] { color: var(--text); font-weight: 500 } .buttons { display: flex; flex-wrap: wrap; gap: 8px }
fieldset { margin: 0 0 16px; padding: 0; border: 1px solid var(--line); border-radius: 10px } legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.choice { display: flex; gap: 12px; align-items: center; min-height: 44px; padding: 8px 14px; cursor: pointer } .choice + .choice { border-top: 1px solid var(--line) } .choice:has(:disabled) { color: var(--text-2); cursor: default }
.choice input { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--accent) } .choice span { min-width: 0; overflow-wrap: anywhere } .choice small { display: block; color: var(--text-2); font-size: 13px }
main.wide { width: min(860px, calc(100vw - 32px)); margin: 32px 0 } .wide h2 { margin: 28px 0 8px; font-size: 15px } .wide p, .wide li, .wide td { color: var(--text) }
.wide pre { overflow-x: auto; padding: 12px; border: 1px solid var(--line); border-radius: 10px } .wide table { display: block; overflow-x: auto; border-collapse: collapse; margin: 0 0 16px }
.wide th, .wide td { padding: 6px 10px; border: 1px solid var(--line); text-align: left; vertical-align: top } .wide th:empty { padding: 0 }
</style>
</head>
<body><main class="${width}">${body}</main></body>
</html>`
}
