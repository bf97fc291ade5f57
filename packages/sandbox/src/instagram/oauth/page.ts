import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEDIA } from '../origins.ts'
import { ACCOUNTS, type Account } from '../people/accounts.ts'
import { BASIC, PERMISSIONS } from '../scopes.ts'
import type { World } from '../world.ts'
import type { WindowRequest } from './request.ts'

export const CONSENT_PATH = '/sandbox/consent'
export const NOT_INSTAGRAM = 'This is not Instagram. Nothing here reaches a real account.'

export interface Window {
  request: WindowRequest
  account: Account
  professional: boolean
  signedIn: boolean
  ticket: string
}

const box = (name: string) =>
  name === BASIC
    ? html`<li>${PERMISSIONS[name]} (required)</li>`
    : html`<li><label><input type="checkbox" name="scope:${name}" value="on" checked> ${PERMISSIONS[name] ?? name}</label></li>`

export function windowPage(world: World, { request, account, professional, signedIn, ticket }: Window): Answer {
  const { app, permissions, force } = request
  return page({
    title: `${app.name} (simulated Instagram)`,
    mark: NOT_INSTAGRAM,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} asks for access to your Instagram account.</h1>
<p class="who">${account.picture && html`<img src="${playedAt(world.origins, pictureUrl(account.id))}" alt="">`}<span><span>${signedIn && !force ? 'Signed in as' : 'Log in as'} <strong>@${account.username}</strong></span></span></p>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
${
  professional
    ? html`<h2>What it may do</h2><ul>${permissions.map(box)}</ul>`
    : html`<h2>This is not a professional account</h2><p>Only a business or creator account can be connected. Switch to a professional account in Instagram's settings, then try again.</p>`
}
<div class="row">${professional && html`<button class="main" name="press" value="allow">Allow</button>`}<button name="press" value="cancel">Cancel</button></div>
</form>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not @${account.username}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Log in to another simulated account</label>
<select id="member" name="member">${ACCOUNTS.filter((one) => one.key !== account.key).map((one) => html`<option value="${one.key}">@${one.username}</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })
}

/** Instagram's own page for whatever is wrong with a request: there is no way back from it. */
export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Error (simulated Instagram)',
    status,
    mark: NOT_INSTAGRAM,
    body: html`<h1>Sorry, something went wrong.</h1><p>${reason}</p>`,
  })
