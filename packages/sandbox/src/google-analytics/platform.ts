import type { Platform, Route } from '../core/route.ts'
import { exhausted, notFound } from './api/errors.ts'
import { accountSummaries, userinfo } from './api/resources.ts'
import { AUTHORIZE_PATH, authorize, decide } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { revoke, token } from './oauth/token.ts'
import { ACCOUNTS, ADMIN, DATA, MEDIA, OAUTH, OPENID } from './origins.ts'
import { PICTURE_PATH, picture } from './picture.ts'
import type { World } from './world.ts'

export function googlePlatform(world: World): Platform {
  const route = (
    endpoint: string,
    origin: string,
    method: Route['method'],
    path: string,
    answer: Route['answer'],
    head = true,
  ): Route => ({ endpoint: `google-analytics.${endpoint}`, origin, method, path, answer, head })
  return {
    id: 'google-analytics',
    origins: [ACCOUNTS, OAUTH, OPENID, ADMIN, DATA, MEDIA],
    routes: [
      route('authorize', ACCOUNTS, 'GET', AUTHORIZE_PATH, (ask) => authorize(world, ask), false),
      route('consent', ACCOUNTS, 'POST', CONSENT_PATH, (ask) => decide(world, ask)),
      route('token', OAUTH, 'POST', '/token', (ask) => token(world, ask)),
      route('revoke', OAUTH, 'POST', '/revoke', (ask) => revoke(world, ask)),
      route('userinfo', OPENID, 'GET', '/v1/userinfo', (ask) => userinfo(world, ask)),
      route('accountSummaries', ADMIN, 'GET', '/v1beta/accountSummaries', (ask) => accountSummaries(world, ask)),
      route('picture', MEDIA, 'GET', PICTURE_PATH, picture),
    ],
    notFound: () => notFound(world.state.settings),
    methodNotAllowed: () => notFound(world.state.settings),
    throttled: () => exhausted(world.state.settings),
  }
}
