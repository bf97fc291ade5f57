import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people.ts'
import { pictureUrl } from '../picture.ts'
import { PERMISSIONS } from '../scopes.ts'
import type { World } from '../world.ts'

export const CONSENT_PATH = '/sandbox/consent'
const NOT_INSTAGRAM = 'This is not Threads. Nothing here reaches a real account.'

export interface Consent {
  app: { name: string }
  user: User
  signedIn: boolean
  permissions: readonly string[]
  ticket: string
}

export const consentPage = (world: World, { app, user, signedIn, permissions, ticket }: Consent): Answer =>
  page({
    title: `${app.name} (simulated Threads)`,
    mark: NOT_INSTAGRAM,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} asks for access to your Threads account.</h1>
<p class="who">${user.picture && html`<img src="${pictureUrl(world, user)}" alt="">`}<span><span>${signedIn ? 'Logged in as' : 'Continue as'} <strong>${user.name}</strong></span><span class="soft">@${user.username}</span></span></p>
<h2>What it may do</h2>
<ul>${permissions.map((one) => html`<li>${PERMISSIONS[one] ?? one}</li>`)}</ul>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
<div class="row"><button class="main" name="press" value="allow">Allow</button><button name="press" value="cancel">Cancel</button></div>
</form>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Log in as another simulated person</label>
<select id="member" name="member">${USERS.filter((one) => one.key !== user.key).map((one) => html`<option value="${one.key}">${one.name} (@${one.username})</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })

export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Error (simulated Threads)',
    status,
    mark: NOT_INSTAGRAM,
    body: html`<h1>Sorry, something went wrong.</h1><p>${reason}</p>`,
  })
