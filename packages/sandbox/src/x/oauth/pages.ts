import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import type { App } from '../apps.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people/users.ts'
import { sentences } from '../scopes.ts'
import type { World } from '../world.ts'

export const CONSENT_PATH = '/sandbox/consent'

const NOT_X = 'This is not X. Nothing here reaches a real account.'

export interface ConsentPage {
  app: App
  scopes: readonly string[]
  user: User
  signedIn: boolean
  ticket: string
}

/** The question to the user. The scopes have no boxes to untick (ChronoAIProject/NyxID 915). */
export function consentPage(world: World, { app, scopes, user, signedIn, ticket }: ConsentPage): Answer {
  const picture = pictureUrl(user)
  const others = USERS.filter((other) => other.key !== user.key)
  return page({
    title: `${app.name} wants to access your account (simulated X)`,
    mark: NOT_X,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} wants to access your X account.</h1>
<p class="who">${picture && html`<img src="${playedAt(world.origins, picture)}" alt="">`}<span><span>${signedIn ? 'Signed in as' : 'Continue as'} <strong>${user.name}</strong></span><span class="soft">@${user.username}</span></span></p>
<h2>Things this app can do</h2>
<ul>${sentences(scopes).map((sentence) => html`<li>${sentence}</li>`)}</ul>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
<div class="row"><button class="main" name="press" value="allow">Authorize app</button><button name="press" value="cancel">Cancel</button></div>
</form>
<p class="soft">You give all of this or none of it. An earlier authorization of this app by this account ends.</p>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${user.name}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Sign in as another simulated user</label>
<select id="member" name="member">${others.map((other) => html`<option value="${other.key}">${other.name} (@${other.username})</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch account</button></div>
</form>`,
  })
}

/** X's own page for whatever is wrong with a request: there is no way back from it. */
export const wrongPage = (status: number, reason: string): Answer =>
  page({
    title: 'Something went wrong (simulated X)',
    status,
    mark: NOT_X,
    body: html`<h1>Something went wrong</h1>
<p>You weren’t able to give access to the App. Go back and try logging in again.</p>
<p class="soft">What the real page does not say: ${reason}</p>`,
  })
