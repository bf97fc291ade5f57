import { redirect, withCookie } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { fullName, MEMBERS } from '../people/members.ts'
import type { World } from '../world.ts'
import { bummerPage, NOT_LINKEDIN } from './consent-page.ts'
import { browserOf, fromElsewhere } from './session.ts'

export const SESSION_PATH = '/sandbox/session'

/**
 * Who this browser is signed in as, and the way out: with the consent page skipped for a member who agreed before, a person
 * who wants to connect a second member has to sign out first, as on the real site.
 */
export function sessionPage(world: World, ask: Ask): Answer {
  const { session } = browserOf(ask, world.state)
  const member = session.signedIn ? MEMBERS.find((one) => one.key === session.member) : undefined
  return page({
    title: 'Your session (simulated LinkedIn)',
    mark: NOT_LINKEDIN,
    body: member
      ? html`<h1>Signed in as ${fullName(member)}</h1><p>Sign out to be asked again, or to continue as another member.</p>
<form method="post" action="${SESSION_PATH}"><div class="row"><button class="main">Sign out</button></div></form>`
      : html`<h1>Nobody is signed in</h1><p>The next consent page will ask, and let you choose a member.</p>`,
  })
}

export function signOut(world: World, ask: Ask): Answer {
  if (fromElsewhere(ask)) return bummerPage(403, 'This form was sent from another site.')
  const { session, cookie } = browserOf(ask, world.state)
  session.signedIn = false
  return cookie ? withCookie(redirect(SESSION_PATH, 303), cookie) : redirect(SESSION_PATH, 303)
}
