import type { Platform, Route } from '../core/route.ts'
import { unknownPath } from '../meta/api/errors.ts'
import { limited, unsupported } from './api/errors.ts'
import { me, revoke } from './api/me.ts'
import { AUTHORIZE_PATH, authorize, decide } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { exchange, lengthen, refresh } from './oauth/token.ts'
import { API, GRAPH, MEDIA, WWW } from './origins.ts'
import { PICTURE_PATH, picture } from './picture.ts'
import type { World } from './world.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

export function instagramPlatform(world: World): Platform {
  const route = (
    endpoint: string,
    origin: string,
    method: Route['method'],
    path: string,
    answer: Route['answer'],
    head = true,
  ): Route => ({ endpoint: `instagram.${endpoint}`, origin, method, path, answer, head })
  return {
    id: 'instagram',
    origins: [WWW, API, GRAPH, MEDIA],
    routes: [
      route('authorize', WWW, 'GET', AUTHORIZE_PATH, (ask) => authorize(world, ask), false),
      route('consent', WWW, 'POST', CONSENT_PATH, (ask) => decide(world, ask)),
      route('token', API, 'POST', '/oauth/access_token', (ask) => exchange(world, ask)),
      route('lengthen', GRAPH, 'GET', '/access_token', (ask) => lengthen(world, ask)),
      route('refresh', GRAPH, 'GET', '/refresh_access_token', (ask) => refresh(world, ask)),
      ...['', VERSION].flatMap((version) => [
        route('me', GRAPH, 'GET', `${version}/me`, (ask) => me(world, ask)),
        route('revoke', GRAPH, 'DELETE', `${version}/me/permissions`, (ask) => revoke(world, ask)),
      ]),
      route('picture', MEDIA, 'GET', PICTURE_PATH, picture),
    ],
    notFound: (ask) => unknownPath(ask.path),
    methodNotAllowed: (ask) => unsupported(ask.method),
    throttled: limited,
  }
}
