import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people.ts'
import { pictureUrl } from '../picture.ts'
import { BOXED } from '../scopes.ts'
import type { World } from '../world.ts'

export const CONSENT_PATH = '/sandbox/consent'
const NOT_GOOGLE = 'This is not Google. Nothing here reaches a real account.'

export interface Consent {
  app: { name: string }
  user: User
  signedIn: boolean
  boxes: readonly string[]
  ticket: string
}

export const consentPage = (world: World, { app, user, signedIn, boxes, ticket }: Consent): Answer =>
  page({
    title: `${app.name} wants access (simulated Google)`,
    mark: NOT_GOOGLE,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} wants access to your Google Account</h1>
<p class="who">${user.picture && html`<img src="${playedAt(world.origins, pictureUrl(user))}" alt="">`}<span><span>${signedIn ? 'Signed in as' : 'Continue as'} <strong>${user.name}</strong></span><span class="soft">${user.email}</span></span></p>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
${
  boxes.length > 0 &&
  html`<h2>Select what ${app.name} can access</h2>
<ul>${boxes.map((one) => html`<li><label><input type="checkbox" name="scope:${one}" value="on" checked> ${BOXED[one] ?? one}</label></li>`)}</ul>`
}
<div class="row"><button class="main" name="press" value="allow">Continue</button><button name="press" value="cancel">Cancel</button></div>
</form>
<p class="soft">What is not ticked is not given, and the app is told of success all the same.</p>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Use another simulated account</label>
<select id="member" name="member">${USERS.filter((one) => one.key !== user.key).map((one) => html`<option value="${one.key}">${one.name} (${one.email})</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })

/** Google's own page for whatever is wrong with a request: there is no way back from it. */
export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Access blocked (simulated Google)',
    status,
    mark: NOT_GOOGLE,
    body: html`<h1>Access blocked: This app’s request is invalid</h1><p>${reason}</p>`,
  })
