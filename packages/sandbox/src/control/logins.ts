/** Who can be signed in as, on the sandbox's page: the form that asks for it is the application's. */
import { type Html, html } from '../core/page.ts'
import type { ListedLogin } from '../core/simulator.ts'

export function logins(platform: string, all: readonly ListedLogin[]): Html {
  if (all.length === 0) return html``
  return html`<h2>${platform}: who can be connected</h2>
<details><summary>${all.length} people, with their passwords</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${platform}: people"><table><thead><tr><th scope="col">Login</th><th scope="col">Password</th><th scope="col">What happens</th></tr></thead>
<tbody>${all.map((one) => html`<tr><td><code>${one.login}</code></td><td><code>${one.password}</code></td><td>${one.happens}</td></tr>`)}</tbody></table></div></details>`
}
