import type { Ask } from '../core/ask.ts'
import type { Platform, Route } from '../core/route.ts'
import { unknownPath } from '../graph/errors.ts'
import { instagramLedger } from '../graph/instagram/ledger.ts'
import { permalinkIn } from '../graph/instagram/read.ts'
import { debugToken } from './api/debug-token.ts'
import { accounts, businesses, businessPages, node } from './api/edges.ts'
import { limited, wrongMethod } from './api/errors.ts'
import { passGate, type Resource } from './api/gate.ts'
import { permissions, removeAll, removeOne } from './api/permissions.ts'
import { PICTURE_PATH, picture } from './media/picture.ts'
import { decide, dialog } from './oauth/dialog.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { accessToken } from './oauth/token.ts'
import { GRAPH, INSTAGRAM_WWW, MEDIA, RUPLOAD, WWW } from './origins.ts'
import { usernameOf } from './people/pages.ts'
import { pagesLedger } from './posts/ledger.ts'
import { pagePermalink } from './posts/permalinks.ts'
import { publishingRoutes } from './publishing.ts'
import type { World } from './world.ts'

type Judge = (ask: Ask) => ReturnType<Route['answer']>
const ID = '/:id{[0-9]+}'
const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

/** With a version in the address and without. */
const both = (route: Omit<Route, 'path'> & { path: string }): Route[] => [
  { ...route, path: `${VERSION}${route.path}` },
  route,
]

const graph = (endpoint: string, method: Route['method'], path: string, answer: Judge): Route[] =>
  both({ endpoint: `meta.${endpoint}`, origin: GRAPH, method, path, answer })

export function metaPlatform(world: World): Platform {
  const gated = (endpoint: string, method: Route['method'], path: string, resource: Resource, data = true) =>
    graph(endpoint, method, path, (ask) => passGate(world, ask, resource, data))
  /** Under `me`, and under the id that it stands for. */
  const own = (endpoint: string, method: Route['method'], path: string, resource: Resource, data = true) =>
    ['/me', ID].flatMap((whose) => gated(endpoint, method, `${whose}${path}`, resource, data))
  return {
    id: 'meta',
    origins: [WWW, GRAPH, MEDIA, RUPLOAD, INSTAGRAM_WWW],
    routes: [
      ...both({
        endpoint: 'meta.dialog',
        origin: WWW,
        method: 'GET',
        path: '/dialog/oauth',
        head: false,
        answer: (ask) => dialog(world, ask),
      }),
      {
        endpoint: 'meta.consent',
        origin: WWW,
        method: 'POST',
        path: CONSENT_PATH,
        answer: (ask) => decide(world, ask),
      },
      ...(['GET', 'POST'] as const).flatMap((method) =>
        graph('token', method, '/oauth/access_token', (ask) => accessToken(world, ask)),
      ),
      ...graph('debug_token', 'GET', '/debug_token', (ask) => debugToken(world, ask)),
      // Who somebody is, and what they gave, is no data in the sense of the 90 days.
      ...gated('me', 'GET', '/me', node, false),
      ...own('accounts', 'GET', '/accounts', accounts),
      ...own('businesses', 'GET', '/businesses', businesses),
      ...own('permissions', 'GET', '/permissions', permissions, false),
      ...own('revoke', 'DELETE', '/permissions', removeAll, false),
      ...own('revoke', 'DELETE', '/permissions/:permission', removeOne, false),
      ...gated('owned_pages', 'GET', `${ID}/owned_pages`, businessPages('owned')),
      ...gated('client_pages', 'GET', `${ID}/client_pages`, businessPages('client')),
      ...gated('node', 'GET', ID, node),
      ...publishingRoutes(world),
      { endpoint: 'meta.picture', origin: MEDIA, method: 'GET', path: PICTURE_PATH, answer: picture },
    ],
    notFound: (ask) => unknownPath(ask.path),
    methodNotAllowed: (ask) => wrongMethod(ask.method),
    throttled: (level) => limited(level === 'application' ? 'app' : 'user', world.state.settings.limitStatus),
    ledger: () => [...pagesLedger(world.state.pages, world.clock.now()), ...instagramLedger(world.state.instagram)],
    permalink: (id) => permalinkIn(world.state.instagram, id, usernameOf) ?? pagePermalink(world.state.pages, id),
  }
}
