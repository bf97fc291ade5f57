import type { Platform, Route } from '../core/route.ts'
import { unknownPath } from '../graph/errors.ts'
import { limited, unsupported } from './api/errors.ts'
import { me } from './api/me.ts'
import { AUTHORIZE_PATH, authorize, decide } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { exchange, lengthen, refresh } from './oauth/token.ts'
import { GRAPH, MEDIA, WWW } from './origins.ts'
import { PICTURE_PATH, picture } from './picture.ts'
import type { World } from './world.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

export function threadsPlatform(world: World): Platform {
  const route = (
    endpoint: string,
    origin: string,
    method: Route['method'],
    path: string,
    answer: Route['answer'],
    head = true,
  ): Route => ({ endpoint: `threads.${endpoint}`, origin, method, path, answer, head })
  return {
    id: 'threads',
    origins: [WWW, GRAPH, MEDIA],
    routes: [
      route('authorize', WWW, 'GET', AUTHORIZE_PATH, (ask) => authorize(world, ask), false),
      route('consent', WWW, 'POST', CONSENT_PATH, (ask) => decide(world, ask)),
      ...(['POST', 'GET'] as const).map((method) =>
        route('token', GRAPH, method, '/oauth/access_token', (ask) => exchange(world, ask), false),
      ),
      route('lengthen', GRAPH, 'GET', '/access_token', (ask) => lengthen(world, ask)),
      route('refresh', GRAPH, 'GET', '/refresh_access_token', (ask) => refresh(world, ask)),
      ...['', VERSION].map((version) => route('me', GRAPH, 'GET', `${version}/me`, (ask) => me(world, ask))),
      route('picture', MEDIA, 'GET', PICTURE_PATH, picture),
    ],
    notFound: (ask) => unknownPath(ask.path),
    methodNotAllowed: (ask) => unsupported(ask.method),
    throttled: limited,
  }
}
