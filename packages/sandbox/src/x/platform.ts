import type { Platform, Route } from '../core/route.ts'
import { apiRoutes } from './api/calls.ts'
import { methodNotAllowed, nothingThere, tooMany } from './api/problems.ts'
import { ATTACHED_PATH, attached } from './media/attached.ts'
import { PICTURE_PATH, picture } from './media/picture.ts'
import { AUTHORIZE_PATH, authorize, decide } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/pages.ts'
import { revoke } from './oauth/revoke.ts'
import { token } from './oauth/token.ts'
import { API, MEDIA, WWW } from './origins.ts'
import { xLedger } from './posts/ledger.ts'
import { PROFILE_PATH, profilePage, STATUS_PATH, statusPage } from './posts/pages.ts'
import type { World } from './world.ts'

export function xPlatform(world: World): Platform {
  const routes: Route[] = [
    {
      endpoint: 'x.authorize',
      origin: WWW,
      method: 'GET',
      path: AUTHORIZE_PATH,
      head: false,
      answer: (ask) => authorize(world, ask),
    },
    { endpoint: 'x.consent', origin: WWW, method: 'POST', path: CONSENT_PATH, answer: (ask) => decide(world, ask) },
    { endpoint: 'x.token', origin: API, method: 'POST', path: '/2/oauth2/token', answer: (ask) => token(world, ask) },
    {
      endpoint: 'x.revoke',
      origin: API,
      method: 'POST',
      path: '/2/oauth2/revoke',
      answer: (ask) => revoke(world, ask),
    },
    ...apiRoutes(world),
    { endpoint: 'x.picture', origin: MEDIA, method: 'GET', path: PICTURE_PATH, answer: picture },
    {
      endpoint: 'x.attached',
      origin: MEDIA,
      method: 'GET',
      path: ATTACHED_PATH,
      answer: (ask) => attached(world, ask),
    },
    { endpoint: 'x.status', origin: WWW, method: 'GET', path: STATUS_PATH, answer: (ask) => statusPage(world, ask) },
    { endpoint: 'x.profile', origin: WWW, method: 'GET', path: PROFILE_PATH, answer: (ask) => profilePage(world, ask) },
  ]
  return {
    id: 'x',
    origins: [WWW, API, MEDIA],
    routes,
    notFound: nothingThere,
    methodNotAllowed: (_ask, allowed) => methodNotAllowed(allowed),
    ledger: () => xLedger(world),
    // One user's window is full, or the app's: X words both alike.
    throttled: () => ({
      ...tooMany(world.state.settings),
      headers: {
        ...tooMany(world.state.settings).headers,
        'x-rate-limit-limit': '75',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(Math.ceil(world.clock.now() / 1000) + 900),
      },
    }),
  }
}
