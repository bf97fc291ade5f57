import type { Ask } from '../core/ask.ts'
import type { Platform, Route } from '../core/route.ts'
import { debugToken } from './api/debug-token.ts'
import { accounts, businesses, businessPages, node } from './api/edges.ts'
import { limited, unknownPath, wrongMethod } from './api/errors.ts'
import { passGate, type Resource } from './api/gate.ts'
import { permissions, removeAll, removeOne } from './api/permissions.ts'
import { PICTURE_PATH, picture } from './media/picture.ts'
import { decide, dialog } from './oauth/dialog.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { accessToken } from './oauth/token.ts'
import { GRAPH, MEDIA, WWW } from './origins.ts'
import type { World } from './world.ts'

type Judge = (ask: Ask) => ReturnType<Route['answer']>
const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

/** With a version in the address and without. */
const both = (route: Omit<Route, 'path'> & { path: string }): Route[] => [
  { ...route, path: `${VERSION}${route.path}` },
  route,
]

const graph = (endpoint: string, method: Route['method'], path: string, answer: Judge): Route[] =>
  both({ endpoint: `meta.${endpoint}`, origin: GRAPH, method, path, answer })

export function metaPlatform(world: World): Platform {
  const gated = (endpoint: string, method: Route['method'], path: string, resource: Resource) =>
    graph(endpoint, method, path, (ask) => passGate(world, ask, resource))
  return {
    id: 'meta',
    origins: [WWW, GRAPH, MEDIA],
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
      ...gated('me', 'GET', '/me', node),
      ...gated('accounts', 'GET', '/me/accounts', accounts),
      ...gated('businesses', 'GET', '/me/businesses', businesses),
      ...gated('permissions', 'GET', '/me/permissions', permissions),
      ...gated('revoke', 'DELETE', '/me/permissions', removeAll),
      ...gated('revoke', 'DELETE', '/me/permissions/:permission', removeOne),
      ...gated('owned_pages', 'GET', '/:id{[0-9]+}/owned_pages', businessPages('owned')),
      ...gated('client_pages', 'GET', '/:id{[0-9]+}/client_pages', businessPages('client')),
      ...gated('node', 'GET', '/:id{[0-9]+}', node),
      { endpoint: 'meta.picture', origin: MEDIA, method: 'GET', path: PICTURE_PATH, answer: picture },
    ],
    notFound: (ask) => unknownPath(ask.path),
    methodNotAllowed: (ask) => wrongMethod(ask.method),
    throttled: (level) => limited(level === 'application' ? 'app' : 'user'),
  }
}
