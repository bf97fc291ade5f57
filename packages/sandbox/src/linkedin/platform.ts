import type { Ask } from '../core/ask.ts'
import type { Platform, Route } from '../core/route.ts'
import { methodNotAllowed, noResource, throttled } from './api/errors.ts'
import { passGate, type Resource } from './api/gate.ts'
import { me } from './api/me.ts'
import { organizationAcls } from './api/organization-acls.ts'
import { organization, organizationsLookup, organizationV2 } from './api/organizations.ts'
import { userinfo } from './api/userinfo.ts'
import { PICTURE_PATH, picture } from './media/picture.ts'
import { authorize, decide, NATIVE_PATH, STANDARD_PATH } from './oauth/authorize.ts'
import { CONSENT_PATH } from './oauth/consent-page.ts'
import { discovery, jwks } from './oauth/discovery.ts'
import { introspect, revoke } from './oauth/inspect.ts'
import { SESSION_PATH, sessionPage, signOut } from './oauth/session-page.ts'
import { token, tokenByGet } from './oauth/token.ts'
import { API, MEDIA, WWW } from './origins.ts'
import { linkedinLedger } from './posts/ledger.ts'
import { permalink } from './posts/page.ts'
import { publishingRoutes } from './publishing.ts'
import type { World } from './world.ts'

type Judge = (ask: Ask) => ReturnType<Route['answer']>

const www = (endpoint: string, method: Route['method'], path: string, answer: Judge, head = true): Route => ({
  endpoint: `linkedin.${endpoint}`,
  origin: WWW,
  method,
  path,
  head,
  answer,
})

function oauthRoutes(world: World): Route[] {
  return [
    www('authorization', 'GET', STANDARD_PATH, (ask) => authorize(world, ask, 'standard'), false),
    www('native-authorization', 'GET', NATIVE_PATH, (ask) => authorize(world, ask, 'native'), false),
    www('consent', 'POST', CONSENT_PATH, (ask) => decide(world, ask)),
    www('session', 'GET', SESSION_PATH, (ask) => sessionPage(world, ask)),
    www('session', 'POST', SESSION_PATH, (ask) => signOut(world, ask)),
    www('token', 'POST', '/oauth/v2/accessToken', (ask) => token(world, ask)),
    www('token', 'GET', '/oauth/v2/accessToken', tokenByGet),
    www('introspect', 'POST', '/oauth/v2/introspectToken', (ask) => introspect(world, ask)),
    www('revoke', 'POST', '/oauth/v2/revoke', (ask) => revoke(world, ask)),
    www('discovery', 'GET', '/oauth/.well-known/openid-configuration', discovery),
    www('jwks', 'GET', '/oauth/openid/jwks', () => jwks(world.key)),
  ]
}

/** A readable resource, by GET or by a tunnelled POST. */
function resource(world: World, name: string, path: string, read: Resource): Route[] {
  const gate = { endpoint: `linkedin.${name}`, versioned: path.startsWith('/rest/') }
  const answer: Judge = (ask) => passGate(world, ask, gate, read)
  return (['GET', 'POST'] as const).map((method) => ({ endpoint: gate.endpoint, origin: API, method, path, answer }))
}

export function linkedinPlatform(world: World): Platform {
  return {
    id: 'linkedin',
    origins: [WWW, API, MEDIA],
    routes: [
      ...oauthRoutes(world),
      ...resource(world, 'userinfo', '/v2/userinfo', userinfo),
      ...resource(world, 'me', '/v2/me', me),
      ...resource(world, 'organizationAcls', '/rest/organizationAcls', organizationAcls),
      ...resource(world, 'organizations', '/rest/organizations/:id', organization),
      ...resource(world, 'organizations-v2', '/v2/organizations/:id', organizationV2),
      ...resource(world, 'organizationsLookup', '/rest/organizationsLookup', organizationsLookup),
      {
        endpoint: 'linkedin.picture',
        origin: MEDIA,
        method: 'GET',
        path: PICTURE_PATH,
        answer: (ask) => picture(world, ask),
      },
      ...publishingRoutes(world),
    ],
    notFound: noResource,
    methodNotAllowed: (ask, allowed) => methodNotAllowed(ask.method, allowed),
    throttled,
    ledger: () => linkedinLedger(world.state),
    permalink,
  }
}
