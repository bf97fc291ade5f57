/** Making, changing, testing and removing a workspace's own apps. */
import { isMooringError, MooringError } from '../error.ts'
import { newVerifier } from '../protocol/authorize.ts'
import { judgeCallback } from '../protocol/callback.ts'
import { exchange } from '../protocol/token.ts'
import { oauthOf, type Registration } from '../provider.ts'
import type { OwnRegistrationRow } from '../store/registrations.ts'
import { configured, type Engine, partyOf } from './engine.ts'
import { ownId, ownShape, withSettings } from './own-registration.ts'
import { portOf, seatContext } from './seat-context.ts'

/** More than anybody has apps; a bound for lists that are read whole. */
const MOST = 50

export interface OwnRegistration {
  row: OwnRegistrationRow
  registration: Registration
  /** Connections that rest on it. */
  used: number
}

export interface OwnRegistrationInput {
  clientId?: string | undefined
  clientSecret?: string | undefined
  scopes?: string[] | null | undefined
  settings?: Record<string, string> | undefined
}

/** The newest first. An app of a provider that this server knows no more is not among them. */
export async function listOwn(engine: Engine, workspace: string): Promise<OwnRegistration[]> {
  const [rows, used] = await Promise.all([
    engine.store.registrations.list(workspace),
    engine.store.registrations.used(workspace),
  ])
  return rows.flatMap((row) => {
    const shape = ownShape(engine.registrations, row.name)
    return shape ? [{ row, registration: withSettings(shape, row), used: used.get(row.name) ?? 0 }] : []
  })
}

/** Throws `not_found`. */
export async function oneOwn(engine: Engine, workspace: string, name: string): Promise<OwnRegistration> {
  const found = (await listOwn(engine, workspace)).find((one) => one.row.name === name)
  if (!found) throw new MooringError('not_found', 'There is no such app.')
  return found
}

/** Throws `invalid_request` for an app of no provider, `conflict` when there are too many. */
export async function addOwn(
  engine: Engine,
  workspace: string,
  by: string,
  { app, clientId, ...input }: OwnRegistrationInput & { app: string; clientId: string },
): Promise<OwnRegistration> {
  const base = engine.registrations.find((one) => one.id === app)
  if (!base) throw wrong('app', 'is no kind of app that this server knows')
  judge(base, input)
  const id = engine.runtime.uuid()
  const name = ownId(app, engine.runtime.random)
  needsSecret(engine, name, input.settings, input.clientSecret !== undefined)
  const row = {
    id,
    name,
    app,
    client_id: clientId,
    client_secret: sealed(engine, workspace, id, input.clientSecret),
    scopes: input.scopes ?? null,
    settings: input.settings ?? {},
    created_at: new Date(engine.runtime.now()),
    created_by: by,
  }
  if (!(await engine.store.registrations.add(workspace, row, MOST)))
    throw new MooringError('conflict', `A workspace has at most ${MOST} apps of its own. Remove one first.`)
  return oneOwn(engine, workspace, row.name)
}

/** What rests on it is tried again at once. Throws `not_found`, `invalid_request`, and `conflict` for another client id while connections rest on it. */
export async function changeOwn(
  engine: Engine,
  workspace: string,
  name: string,
  input: OwnRegistrationInput,
): Promise<OwnRegistration> {
  const { row, registration } = await oneOwn(engine, workspace, name)
  judge(registration, input)
  const settings = input.settings ?? (row.settings as Record<string, string>)
  needsSecret(engine, name, settings, input.clientSecret !== undefined || row.client_secret !== null)
  const change = {
    ...(input.clientId === undefined ? {} : { client_id: input.clientId }),
    ...(input.clientSecret === undefined
      ? {}
      : { client_secret: sealed(engine, workspace, row.id, input.clientSecret) }),
    ...(input.scopes === undefined ? {} : { scopes: input.scopes }),
    ...(input.settings === undefined ? {} : { settings: input.settings }),
  }
  const changed = await engine.store.registrations.change(workspace, name, change, new Date(engine.runtime.now()))
  if (changed === 'used') {
    const { used } = await oneOwn(engine, workspace, name)
    throw new MooringError(
      'conflict',
      `${resting(used)} on this client id and would end with another. Enter the other as an app of its own.`,
    )
  }
  // What the platform said of the old secret is over.
  await engine.store.alerts.clear(name)
  return oneOwn(engine, workspace, name)
}

/** Throws `not_found`, and `conflict` while connections rest on it. */
export async function removeOwn(engine: Engine, workspace: string, name: string): Promise<void> {
  const { used } = await oneOwn(engine, workspace, name)
  if (used > 0 || (await engine.store.registrations.remove(workspace, name)) === 'used')
    throw new MooringError('conflict', `${resting(used)} on this app. Disconnect ${used === 1 ? 'it' : 'them'} first.`)
  await engine.store.alerts.clear(name)
}

export interface OwnCheck {
  /** What was looked at. */
  what: 'client' | 'redirect' | 'scopes'
  outcome: 'ok' | 'wrong' | 'unknown'
  message: string
}

/** No platform gives such a code. */
const MADE_UP = 'mooring-test'

/**
 * What can be known without a person: a made-up code is shown to the token endpoint, which refuses the client before the
 * code, or the code alone. The redirect address and what the app may ask for are seen by a browser only: there the last try
 * to connect is told, if there was one since the last change. Throws `not_found`.
 */
export async function testOwn(engine: Engine, workspace: string, name: string): Promise<OwnCheck[]> {
  const { row, registration } = await oneOwn(engine, workspace, name)
  const last = await engine.store.flows.lastOf(workspace, name, row.changed_at)
  const failed = last?.error_code ?? undefined
  const seen = last !== undefined && (last.state === 'connected' || last.state === 'checkpoint')
  const { provider } = registration
  if (provider.credentials) return [await checkKey(engine, workspace, registration)]
  return [
    await checkClient(engine, workspace, registration),
    {
      what: 'redirect',
      ...(seen
        ? { outcome: 'ok', message: 'Somebody came back by it.' }
        : failed === 'access_denied' || failed === 'scope_not_granted'
          ? { outcome: 'ok', message: 'Somebody came back by it.' }
          : {
              outcome: 'unknown',
              message: `Only a browser sees this. Connect once: where the address is not registered, ${provider.name} says so on its page, and nobody comes back.`,
            }),
    },
    {
      what: 'scopes',
      ...(seen
        ? { outcome: 'ok', message: `${provider.name} let the app ask for all of them.` }
        : failed === 'scope_not_granted'
          ? {
              outcome: 'wrong',
              message: `${provider.name} did not let the app ask for what it asks for. Add the products that are missing, or ask for less.`,
            }
          : { outcome: 'unknown', message: 'Only a person who connects sees this.' }),
    },
  ]
}

/** Of a service that knows keys alone, which stands where an app has its secret. */
async function checkKey(engine: Engine, workspace: string, registration: Registration): Promise<OwnCheck> {
  const { name } = registration.provider
  const what = 'client'
  try {
    const ready = await configured(engine, workspace, registration.id)
    const refused = await portOf(ready).checkKey(seatContext(engine, ready))
    if (!refused) return { what, outcome: 'ok', message: `${name} takes this key.` }
    if (refused.why === 'operator')
      return { what, outcome: 'wrong', message: `${name} does not take this key. Copy it anew.` }
  } catch (error) {
    if (!isMooringError(error) || error.code !== 'provider_unavailable') throw error
  }
  return { what, outcome: 'unknown', message: `${name} gave no clear answer. Try again in a minute.` }
}

async function checkClient(engine: Engine, workspace: string, { id, provider }: Registration): Promise<OwnCheck> {
  const what = 'client'
  try {
    const ready = await configured(engine, workspace, id)
    const oauth = oauthOf(ready)
    const grant = judgeCallback({
      params: new URLSearchParams({ code: MADE_UP, state: MADE_UP, iss: ready.issuer }),
      issuer: ready.issuer,
      expectedState: MADE_UP,
      redirectErrors: provider.redirectErrors,
      providerName: provider.name,
    })
    const verifier = oauth.pkce === 'S256' ? { verifier: newVerifier(engine.runtime.random) } : {}
    await exchange(engine.runtime, { ...partyOf(ready), grant, ...verifier })
  } catch (error) {
    if (!isMooringError(error)) throw error
    const said = error.providerCode === undefined ? '' : ` (${error.providerCode})`
    if (error.code === 'code_refused')
      return {
        what,
        outcome: 'ok',
        message: `${provider.name} refused the made-up code, and neither the client id nor the secret.`,
      }
    if (error.code === 'misconfigured')
      return {
        what,
        outcome: 'wrong',
        message: `${provider.name} does not take this client id and secret together${said}. Copy both anew.`,
      }
    return { what, outcome: 'unknown', message: `${provider.name} gave no clear answer${said}. Try again in a minute.` }
  }
  return { what, outcome: 'unknown', message: `${provider.name} took a made-up code, which says nothing.` }
}

function sealed(engine: Engine, workspace: string, record: string, secret: string | undefined): string | null {
  return secret === undefined ? null : engine.vault.seal(secret, { workspace, record, field: 'client_secret' })
}

const resting = (used: number): string => (used === 1 ? 'One connection rests' : `${used} connections rest`)

/** By what the workspace set, whatever the operator's own app of this kind is. */
function needsSecret(engine: Engine, name: string, settings: Record<string, string> | undefined, has: boolean): void {
  const shape = ownShape(engine.registrations, name)
  if (!shape || has) return
  const asSet = { ...shape, settings: { ...shape.settings, ...settings } }
  if (shape.provider.credentials || oauthOf(asSet).clientAuth !== 'none') throw wrong('clientSecret', 'is missing')
}

function judge({ provider }: Registration, { scopes, settings }: OwnRegistrationInput): void {
  if (scopes?.some((scope) => scope.includes(',') || /\s/.test(scope)))
    throw wrong('scopes', 'holds a separator: name each scope by itself')
  for (const [name, value] of Object.entries(settings ?? {})) {
    const known = provider.settings.find((one) => one.name === name)
    if (!known) throw wrong(`settings.${name}`, `is no setting of ${provider.name}`)
    if (!known.pattern.test(value)) throw wrong(`settings.${name}`, `cannot be used. ${known.describe}`)
  }
}

const wrong = (path: string, message: string) =>
  new MooringError('invalid_request', 'Something in the request is not right.', { fields: [{ path, message }] })
