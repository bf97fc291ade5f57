import { withHeaders } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { App } from '../apps.ts'
import { MEMBERS, type Member } from '../people/members.ts'
import { type AccessToken, appOf } from '../state.ts'
import type { World } from '../world.ts'
import * as errors from './errors.ts'
import { countCall } from './quota.ts'
import { hasEncodedKeys, isTunnelled, type RestliQuery, readRestli } from './restli.ts'
import { judgeVersion } from './version.ts'

/** Who calls, for whom, and how: what a resource is given once the gate has let a call through. */
export interface Caller {
  app: App
  member: Member
  token: AccessToken
  query: RestliQuery
  /** As error messages name it: `20260901` or `NO_VERSION`. */
  version: string
  has(...anyOf: string[]): boolean
}

export type Resource = (world: World, caller: Caller, ask: Ask) => Answer

export interface Gate {
  endpoint: string
  versioned: boolean
  /** A POST does something here, and is no query in a body. */
  writes?: boolean
}

export function judgeToken(world: World, ask: Ask, versioned: boolean): AccessToken | Answer {
  const value = /^Bearer +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  if (!value) return errors.emptyToken(versioned)
  const token = world.state.access.get(value)
  if (!token) return errors.invalidToken()
  if (token.revoked) return errors.revokedToken()
  if (token.expiresAt <= world.clock.now()) return errors.expiredToken()
  // A fresh token may read as revoked for some seconds (omniauth-linkedin-openid issue 6).
  if (token.notYet.calls > 0) {
    token.notYet.calls -= 1
    return errors.revokedToken()
  }
  return token.notYet.until > world.clock.now() ? errors.revokedToken() : token
}

function judgeCall(world: World, ask: Ask, { endpoint, versioned, writes }: Gate): Caller | Answer {
  const token = judgeToken(world, ask, versioned)
  if ('body' in token) return token
  const app = appOf(world.state, token.clientId)
  const member = MEMBERS.find((one) => one.key === token.member)
  if (!app || !member) return errors.invalidToken()
  const version = judgeVersion(ask.headers.get('linkedin-version'), world.clock.now(), world.state.settings.versions)
  if (versioned && version.kind === 'missing') return errors.versionMissing()
  if (versioned && version.kind === 'inactive') return errors.versionInactive(version.shown)
  if (ask.method === 'POST' && !ask.hasLength) return errors.lengthRequired()
  if (ask.method === 'POST' && !writes && !isTunnelled(ask)) return errors.methodNotAllowed('POST', ['GET'])
  if (!hasEncodedKeys(ask)) return errors.pathInvalid()
  const restli = readRestli(ask)
  if (restli.kind === 'protocol') return errors.protocolInvalid(restli.version)
  if (restli.kind === 'too-long') return errors.queryTooLong()
  if (restli.kind === 'repeated') return errors.parameterInvalid(restli.name)
  const over = countCall(world.state, app, member.key, endpoint, world.clock.now())
  if (over) return errors.throttled(over)
  return {
    app,
    member,
    token,
    query: restli.query,
    version: versioned && version.kind === 'active' ? version.shown : 'NO_VERSION',
    has: (...anyOf) => anyOf.some((scope) => token.scopes.includes(scope)),
  }
}

/** Passes a call through the gate to its resource. Every answer carries the ids LinkedIn wants quoted in a report. */
export function passGate(world: World, ask: Ask, gate: Gate, resource: Resource): Answer {
  const caller = judgeCall(world, ask, gate)
  const answer = 'body' in caller ? caller : resource(world, caller, ask)
  return withHeaders(answer, {
    'x-li-uuid': opaque(24),
    'x-li-fabric': 'prod-sandbox',
    'x-li-request-id': opaque(12),
    ...('query' in caller && { 'x-restli-protocol-version': caller.query.protocol }),
  })
}
