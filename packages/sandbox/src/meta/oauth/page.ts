import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people/users.ts'
import { PERMISSIONS } from '../scopes.ts'
import type { World } from '../world.ts'
import type { Asked } from './asked.ts'
import type { DialogRequest } from './request.ts'

export const CONSENT_PATH = '/sandbox/consent'
export const NOT_FACEBOOK = 'This is not Facebook. Nothing here reaches a real account.'

export interface Dialog {
  request: DialogRequest
  user: User
  signedIn: boolean
  asked: Asked
  ticket: string
}

/** Assets of one kind to tick. */
const choice = (title: string, kind: string, found: readonly { id: string; name: string }[]) =>
  found.length > 0 &&
  html`<h2>${title}</h2><ul>${found.map(({ id, name }) => html`<li><label><input type="checkbox" name="${kind}:${id}" value="on" checked> ${name}</label></li>`)}</ul>`

export function dialogPage(world: World, { request, user, signedIn, asked, ticket }: Dialog): Answer {
  const { app, configuration } = request
  const box = (name: string) =>
    configuration || name === 'public_profile'
      ? html`<li>${PERMISSIONS[name] ?? name}</li>`
      : html`<li><label><input type="checkbox" name="scope:${name}" value="on" checked> ${PERMISSIONS[name] ?? name}</label></li>`
  const instagrams = asked.instagrams.map(({ id, username }) => ({ id, name: `@${username}` }))
  return page({
    title: `${app.name} (simulated Facebook)`,
    mark: NOT_FACEBOOK,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} asks for access to your Facebook account.</h1>
<p class="who">${user.picture && html`<img src="${playedAt(world.origins, pictureUrl(user.id))}" alt="">`}<span><span>${signedIn ? 'Signed in as' : 'Continue as'} <strong>${user.name}</strong></span></span></p>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
<h2>What it may do</h2>
<ul>${asked.permissions.map(box)}</ul>
${asked.pages.length > 0 && html`<p class="soft">A Page that is not ticked is not shown to the app.</p>`}
${choice('Which Pages', 'page', asked.pages)}
${choice('Which Instagram accounts', 'instagram', instagrams)}
${choice('Which business portfolios', 'business', asked.businesses)}
<div class="row"><button class="main" name="press" value="allow">Continue</button><button name="press" value="cancel">Not now</button></div>
</form>
<p class="soft">${configuration ? 'You give all of this or none of it.' : 'What you untick is declined, and the rest is given.'}</p>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Log in as another simulated person</label>
<select id="member" name="member">${USERS.filter((one) => one.key !== user.key).map((one) => html`<option value="${one.key}">${one.name}</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })
}

/** Facebook's own page for whatever is wrong with a request: there is no way back from it. */
export const wrongPage = (reason: string, status = 400): Answer =>
  page({
    title: 'Error (simulated Facebook)',
    status,
    mark: NOT_FACEBOOK,
    body: html`<h1>Sorry, something went wrong.</h1><p>${reason}</p>`,
  })
