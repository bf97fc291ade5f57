import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { USERS, type User } from '../people.ts'
import { SCOPES } from '../scopes.ts'

export const CONSENT_PATH = '/sandbox/consent'
const NOT_HUBSPOT = 'This is not HubSpot. Nothing here reaches a real account.'

export interface Consent {
  app: { name: string }
  user: User
  signedIn: boolean
  scopes: readonly string[]
  /** Of the portal's plan. */
  dropped: readonly string[]
  ticket: string
}

export const consentPage = ({ app, user, signedIn, scopes, dropped, ticket }: Consent): Answer =>
  page({
    title: `Connect ${app.name} (simulated HubSpot)`,
    mark: NOT_HUBSPOT,
    body: html`<h1>Connect ${app.name} to HubSpot</h1>
<p class="who"><span><span>${signedIn ? 'Signed in as' : 'Continue as'} <strong>${user.name}</strong></span><span class="soft">${user.email}, account ${user.portal.id} (${user.portal.domain})</span></span></p>
<h2>What it may do</h2>
<ul>${scopes.map((one) => html`<li>${SCOPES[one] ?? one}</li>`)}</ul>
${dropped.length > 0 && html`<p class="soft">This account’s plan has not: ${dropped.join(', ')}.</p>`}
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
<div class="row"><button class="main" name="press" value="allow">Connect app</button><button name="press" value="cancel">Cancel</button></div>
</form>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Sign in as another simulated user</label>
<select id="member" name="member">${USERS.filter((one) => one.key !== user.key).map((one) => html`<option value="${one.key}">${one.name} (${one.portal.domain})</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })

/** HubSpot's own page for whatever is wrong with a request: it never calls back. */
export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Authorization failed (simulated HubSpot)',
    status,
    mark: NOT_HUBSPOT,
    body: html`<h1>Authorization failed</h1><p>${reason}</p>`,
  })
