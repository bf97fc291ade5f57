import type { Platform, Route } from '../core/route.ts'
import { unknownPath } from '../graph/errors.ts'
import { instagramLedger } from '../graph/instagram/ledger.ts'
import { permalinkIn } from '../graph/instagram/read.ts'
import { limited, unsupported } from './api/errors.ts'
import { passGate, type Resource } from './api/gate.ts'
import { me, node, removeAll } from './api/me.ts'
import { PICTURE_PATH, picture } from './media/picture.ts'
import { exchange } from './oauth/exchange.ts'
import { lengthen, refresh } from './oauth/longer.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { AUTHORIZE_PATH, authorize, decide } from './oauth/window.ts'
import { API, GRAPH, MEDIA, WWW } from './origins.ts'
import { usernameOf } from './people/accounts.ts'
import { publishingRoutes } from './publishing/routes.ts'
import type { World } from './world.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

export function instagramPlatform(world: World): Platform {
  /** With a version in the address and without. */
  const gated = (endpoint: string, method: Route['method'], path: string, resource: Resource): Route[] =>
    [`${VERSION}${path}`, path].map((one) => ({
      ...{ endpoint: `instagram.${endpoint}`, origin: GRAPH, method, path: one, head: false },
      answer: (ask) => passGate(world, ask, resource),
    }))
  return {
    id: 'instagram',
    origins: [WWW, API, GRAPH, MEDIA],
    routes: [
      {
        ...{ endpoint: 'instagram.authorize', origin: WWW, method: 'GET', path: AUTHORIZE_PATH, head: false },
        answer: (ask) => authorize(world, ask),
      },
      {
        ...{ endpoint: 'instagram.consent', origin: WWW, method: 'POST', path: CONSENT_PATH },
        answer: (ask) => decide(world, ask),
      },
      {
        ...{ endpoint: 'instagram.token', origin: API, method: 'POST', path: '/oauth/access_token' },
        answer: (ask) => exchange(world, ask),
      },
      ...gated('lengthen', 'GET', '/access_token', lengthen),
      ...gated('refresh', 'GET', '/refresh_access_token', refresh),
      ...gated('me', 'GET', '/me', me),
      ...gated('revoke', 'DELETE', '/me/permissions', removeAll),
      ...gated('node', 'GET', '/:id{[0-9]+}', node),
      ...publishingRoutes(world),
      { endpoint: 'instagram.picture', origin: MEDIA, method: 'GET', path: PICTURE_PATH, answer: picture },
    ],
    notFound: (ask) => unknownPath(ask.path),
    // Also of the token endpoint, which takes POST alone (NangoHQ/nango 5531).
    methodNotAllowed: (ask) => unsupported(ask.method),
    throttled: (level) => limited(level === 'application' ? 'app' : 'use-case', world.state.settings),
    ledger: () => instagramLedger(world.state.book),
    permalink: (id) => permalinkIn(world.state.book, id, usernameOf),
  }
}
