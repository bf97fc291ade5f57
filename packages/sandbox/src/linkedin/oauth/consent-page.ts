import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import type { App } from '../apps.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEDIA } from '../origins.ts'
import { fullName, MEMBERS, type Member } from '../people/members.ts'
import { sentences } from '../scopes.ts'
import type { World } from '../world.ts'

export const CONSENT_PATH = '/sandbox/consent'

export const NOT_LINKEDIN = 'This is not LinkedIn. Nothing here reaches a real account.'

export interface ConsentPage {
  app: App
  scopes: readonly string[]
  member: Member
  signedIn: boolean
  ticket: string
}

/** The question to the member. All or nothing: single scopes cannot be unticked (Microsoft Learn: authorization-code-flow). */
export function consentPage(world: World, { app, scopes, member, signedIn, ticket }: ConsentPage): Answer {
  const picture = pictureUrl(world, member)
  const others = MEMBERS.filter((other) => other.key !== member.key)
  return page({
    title: `${app.name} wants to connect to your account (simulated LinkedIn)`,
    mark: NOT_LINKEDIN,
    images: world.origins[MEDIA] ?? "'none'",
    body: html`<h1>${app.name} would like to:</h1>
<ul>${sentences(scopes).map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p class="who">${picture && html`<img src="${playedAt(world.origins, picture)}" alt="">`}<span><span>${signedIn ? 'Signed in as' : 'Continue as'} <strong>${fullName(member)}</strong></span><span class="soft">${member.headline}</span></span></p>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="ticket" value="${ticket}">
<div class="row"><button class="main" name="press" value="allow">Allow</button><button name="press" value="cancel">Cancel</button></div>
</form>
<p class="soft">You give all of this or none of it. You can take it back at any time.</p>
<hr>
<form method="post" action="${CONSENT_PATH}">
<h2>Not ${member.firstName}?</h2>
<input type="hidden" name="ticket" value="${ticket}">
<label for="member">Sign in as another simulated member</label>
<select id="member" name="member">${others.map((other) => html`<option value="${other.key}">${fullName(other)}: ${other.headline}</option>`)}</select>
<div class="row"><button name="press" value="switch">Switch member</button><button name="press" value="leave">Do not sign in</button></div>
</form>`,
  })
}

/** LinkedIn's own page for requests that must not redirect. */
export const bummerPage = (status: number, reason: string): Answer =>
  page({
    title: 'Something went wrong (simulated LinkedIn)',
    status,
    mark: NOT_LINKEDIN,
    body: html`<h1>Bummer, something went wrong.</h1><p>${reason}</p>
<p class="soft">You were not sent back to the application, because the address to go back to cannot be trusted.</p>`,
  })
