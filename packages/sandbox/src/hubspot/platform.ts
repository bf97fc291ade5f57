import type { Platform, Route } from '../core/route.ts'
import { accountInfo, notFound, tooMany } from './api/account-info.ts'
import { authorize, decide } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { introspect, revoke, token } from './oauth/token.ts'
import { API, APP } from './origins.ts'
import type { World } from './world.ts'

/** The three endpoints exist alike under these (specification). */
const VERSIONS = ['2026-03', '2026-09', 'v3']

export function hubspotPlatform(world: World): Platform {
  const route = (
    endpoint: string,
    origin: string,
    method: Route['method'],
    path: string,
    answer: Route['answer'],
    head = true,
  ): Route => ({ endpoint: `hubspot.${endpoint}`, origin, method, path, answer, head })
  return {
    id: 'hubspot',
    origins: [APP, API],
    routes: [
      route('authorize', APP, 'GET', '/oauth/authorize', (ask) => authorize(world, ask), false),
      route('authorize', APP, 'GET', '/oauth/:account{[0-9]+}/authorize', (ask) => authorize(world, ask), false),
      route('consent', APP, 'POST', CONSENT_PATH, (ask) => decide(world, ask)),
      ...VERSIONS.flatMap((version) => [
        route('token', API, 'POST', `/oauth/${version}/token`, (ask) => token(world, ask)),
        route('introspect', API, 'POST', `/oauth/${version}/token/introspect`, (ask) => introspect(world, ask)),
        route('revoke', API, 'POST', `/oauth/${version}/token/revoke`, (ask) => revoke(world, ask)),
        route('account-info', API, 'GET', `/account-info/:version{${version}}/details`, (ask) =>
          accountInfo(world, ask),
        ),
      ]),
      // Ends on 2027-02-16.
      route('token-v1', API, 'POST', '/oauth/v1/token', (ask) =>
        world.state.settings.v1 === 'gone' ? notFound() : token(world, ask),
      ),
    ],
    notFound,
    methodNotAllowed: (_ask, allowed) => ({ status: 405, headers: { allow: allowed.join(', ') }, body: '' }),
    throttled: () => tooMany('TEN_SECONDLY_ROLLING'),
  }
}
