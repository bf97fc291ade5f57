import type { Platform, Route } from '../core/route.ts'
import { accountInfo, uninstallApp } from './api/account-info.ts'
import { listContacts, searchContacts } from './api/contacts.ts'
import { notFound, tooMany } from './api/errors.ts'
import { authorize, decide } from './oauth/authorize.ts'
import { introspect, revoke } from './oauth/inspect.ts'
import { CONSENT_PATH } from './oauth/page.ts'
import { token } from './oauth/token.ts'
import { accessTokenV1, deleteV1, refreshTokenV1, tokenV1 } from './oauth/v1.ts'
import { API, APP, APP_EU } from './origins.ts'
import type { World } from './world.ts'

/** The OAuth endpoints exist alike under these, and account-info, too (specification). */
const VERSIONS = ['2026-03', '2026-09', 'v3']

export function hubspotPlatform(world: World): Platform {
  const route = (
    endpoint: string,
    method: Route['method'],
    path: string,
    answer: Route['answer'],
    more: Partial<Route> = {},
  ): Route => ({ endpoint: `hubspot.${endpoint}`, origin: API, method, path, answer, ...more })
  const pages = ([APP, APP_EU] as const).flatMap((origin) => [
    ...['/oauth/authorize', '/oauth/:account{[0-9]+}/authorize'].map((path) =>
      route('authorize', 'GET', path, (ask) => authorize(world, ask, origin), { origin, head: false }),
    ),
    route('consent', 'POST', CONSENT_PATH, (ask) => decide(world, ask), { origin }),
  ])
  const dated = VERSIONS.flatMap((version) => [
    route('token', 'POST', `/oauth/${version}/token`, (ask) => token(world, ask)),
    route('introspect', 'POST', `/oauth/${version}/token/introspect`, (ask) => introspect(world, ask)),
    route('revoke', 'POST', `/oauth/${version}/token/revoke`, (ask) => revoke(world, ask)),
    route('account-info', 'GET', `/account-info/:version{${version}}/details`, (ask) => accountInfo(world, ask)),
    route('uninstall', 'DELETE', `/appinstalls/${version}/external-install`, (ask) => uninstallApp(world, ask)),
  ])
  const secret = { secretPath: true }
  const v1 = [
    route('token-v1', 'POST', '/oauth/v1/token', (ask) => tokenV1(world, ask)),
    route('access-tokens-v1', 'GET', '/oauth/v1/access-tokens/:token', (ask) => accessTokenV1(world, ask), secret),
    route('refresh-tokens-v1', 'GET', '/oauth/v1/refresh-tokens/:token', (ask) => refreshTokenV1(world, ask), secret),
    route('refresh-tokens-v1', 'DELETE', '/oauth/v1/refresh-tokens/:token', (ask) => deleteV1(world, ask), secret),
  ]
  const contacts = [
    route('contacts', 'GET', '/crm/v3/objects/contacts', (ask) => listContacts(world, ask)),
    ...['/crm/v3/objects/contacts/search', '/crm/objects/2026-09/contacts/search'].map((path) =>
      route('contacts-search', 'POST', path, (ask) => searchContacts(world, ask)),
    ),
  ]
  return {
    id: 'hubspot',
    origins: [APP, APP_EU, API],
    routes: [...pages, ...dated, ...v1, ...contacts],
    notFound,
    methodNotAllowed: (_ask, allowed) => ({ status: 405, headers: { allow: allowed.join(', ') }, body: '' }),
    throttled: () => tooMany('TEN_SECONDLY_ROLLING', world.state.settings),
  }
}
