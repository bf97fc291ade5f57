import { CONTROL_PATH } from './control/route.ts'
import type { Answer } from './core/ask.ts'
import { html, page } from './core/page.ts'
import type { ReadyApp } from './core/simulator.ts'

export interface FrontPage {
  /** Where to see, and leave, a simulated session, by platform. */
  sessions: Readonly<Record<string, string>>
  origins: Record<string, string>
  apps: readonly ReadyApp[]
}

/** `/` of every port: says what this is, for a person who meets it by chance. */
export const frontPage = ({ origins, apps, sessions }: FrontPage): Answer =>
  page({
    title: 'Mooring sandbox',
    body: html`<h1>This is the Mooring sandbox</h1>
<p>It stands in for social platforms on this machine: it shows their consent pages, hands out tokens that work nowhere else, and refuses what they refuse. No real account is reached from here.</p>
<h2>Where each platform is</h2>
<div class="scroll"><table><thead><tr><th scope="col">Platform</th><th scope="col">Here</th></tr></thead>
<tbody>${Object.entries(origins).map(([real, here]) => html`<tr><td><code>${real}</code></td><td><code>${here}</code></td></tr>`)}</tbody></table></div>
<h2>Ready-made apps</h2>
<p class="soft">These identifiers and secrets are invented and open nothing.</p>
${apps.map(
  (
    app,
  ) => html`<h3>${app.name}</h3><ul><li>Client id <code>${app.clientId}</code></li><li>${app.clientSecret === undefined ? 'No client secret: a public client' : html`Client secret <code>${app.clientSecret}</code>`}</li>
<li>Redirect URIs ${app.redirectUris.length === 0 ? 'none registered yet' : app.redirectUris.map((uri) => html`<code>${uri}</code> `)}</li></ul>`,
)}
<p>Who this browser is signed in as: ${Object.entries(sessions).map(([name, url]) => html`<a href="${url}">${name}</a> `)}</p>
<p>State and counters: <a href="${CONTROL_PATH}">${CONTROL_PATH}</a>. Its commands are in the package's README.</p>`,
  })
