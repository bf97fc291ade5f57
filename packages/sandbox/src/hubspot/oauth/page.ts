import type { Answer } from '../../core/ask.ts'
import { type Html, html, page } from '../../core/page.ts'
import { type Portal, USERS, type User } from '../people.ts'
import { SCOPES } from '../scopes.ts'

export const CONSENT_PATH = '/sandbox/consent'
const NOT_HUBSPOT = 'This is not HubSpot. Nothing here reaches a real account.'

interface Shown {
  app: { name: string }
  user: User
  signedIn: boolean
  ticket: string
}

export interface Consent extends Shown {
  scopes: readonly string[]
  /** What the plan or the user lacks. */
  dropped: readonly string[]
  portal: Portal
  /** From which the user picks. */
  portals: readonly Portal[]
}

const switching = ({ user, ticket }: Shown): Html => html`<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Sign in as another simulated user</label>
<select id="member" name="member">${USERS.filter((one) => one.key !== user.key).map((one) => html`<option value="${one.key}">${one.name} (${one.portals[0].domain})</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`

const picking = (portals: readonly Portal[]): Html | false =>
  portals.length > 1 &&
  html`<label for="account">Account</label>
<select id="account" name="account">${portals.map((one) => html`<option value="${one.id}">${one.name} (${one.domain}, ${one.id})</option>`)}</select>`

export const consentPage = ({ scopes, dropped, portal, portals, ...shown }: Consent): Answer =>
  page({
    title: `Connect ${shown.app.name} (simulated HubSpot)`,
    mark: NOT_HUBSPOT,
    body: html`<h1>Connect ${shown.app.name} to HubSpot</h1>
<p class="who"><span><span>${shown.signedIn ? 'Signed in as' : 'Continue as'} <strong>${shown.user.name}</strong></span><span class="soft">${shown.user.email}, account ${portal.id} (${portal.domain})</span></span></p>
<h2>What it may do</h2>
<ul>${scopes.map((one) => html`<li>${SCOPES[one] ?? one}</li>`)}</ul>
${dropped.length > 0 && html`<p class="soft">What the real page does not say: dropped, as this account or user has not ${dropped.join(', ')}.</p>`}
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${shown.ticket}">
${picking(portals)}
<div class="row"><button class="main" name="press" value="allow">Connect app</button><button name="press" value="cancel">Cancel</button></div>
</form>
<hr>
${switching(shown)}`,
  })

/** This user cannot install it: there is no way back to the app, but another user may sign in. */
export const lackingPage = ({ reason, ...shown }: Shown & { reason: string }): Answer =>
  page({
    title: 'Authorization failed (simulated HubSpot)',
    status: 403,
    mark: NOT_HUBSPOT,
    body: html`<h1>Authorization failed</h1><p>${reason}</p>
<hr>
${switching(shown)}`,
  })

/** HubSpot's own page for whatever is wrong with a request: it never calls back. */
export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Authorization failed (simulated HubSpot)',
    status,
    mark: NOT_HUBSPOT,
    body: html`<h1>Authorization failed</h1><p>${reason}</p>`,
  })
