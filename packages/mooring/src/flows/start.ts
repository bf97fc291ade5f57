/** Begins a flow: everything that the callback will be judged by is fixed here. */
import { getAccessToken } from '../connections/access-token.ts'
import { type ConfiguredRegistration, clientOf, configured, type Engine } from '../connections/engine.ts'
import { ownRegistrations } from '../connections/own-registration.ts'
import { isMooringError, MooringError } from '../error.ts'
import { authorizationUrl, challengeOf, newVerifier } from '../protocol/authorize.ts'
import { oauthOf } from '../provider.ts'
import type { FlowRow } from '../store/flows.ts'
import { checkReturnTo } from './return-to.ts'
import { newRoutedSecret, newSecret, sha256 } from './secrets.ts'
import { sessionUsed } from './session-faults.ts'

/** A flow lives this long, in ms. */
export const FLOW_LIFE_MS = 10 * 60_000
/** One by credentials waits for somebody who looks for a phone. What is typed lives no longer than its attempt. */
export const FORM_LIFE_MS = 30 * 60_000
/** So long its browser may go on with it, in s: each attempt gives the form more time. */
const FORM_COOKIE_SECONDS = 24 * 3600

const cookieSeconds = ({ provider }: ConfiguredRegistration): number =>
  provider.credentials ? FORM_COOKIE_SECONDS : FLOW_LIFE_MS / 1000
const HOUR_MS = 3_600_000

export interface Starter {
  /** `person:<id>` or `key:<id>`; only the same may finish. */
  id: string
  name: string
  /** An API key's answer goes to a program: it also gets a link for a browser. */
  byKey: boolean
}

export interface StartInput {
  provider?: string | undefined
  registration?: string | undefined
  returnTo?: string | undefined
  reconnect?: string | undefined
  reuse?: boolean | undefined
  clientState?: string | undefined
  endUser?: string | undefined
  /** The connect session that it is the one flow of. */
  connectSession?: { id: string; completeAt: string | null } | undefined
  /** The link of an agency that it was begun by. */
  connectLink?: string | undefined
}

export interface StartRules {
  baseUrl: string
  returnOrigins: readonly string[]
  startsPerHour: number
}

export interface Started {
  flowId: string
  authorizeUrl: string
  startUrl: string | undefined
  /** For the browser's cookie. */
  binding: string
  cookieSeconds: number
}

/** Answers with the started flow, or with the live connection that `reuse` found. */
export async function startFlow(
  engine: Engine,
  workspace: string,
  starter: Starter,
  input: StartInput,
  rules: StartRules,
): Promise<{ started: Started } | { reused: string }> {
  const registration = await registrationFor(engine, workspace, input)
  const returnTo = checkReturnTo(input.returnTo, rules.returnOrigins, rules.baseUrl)
  if (input.reuse) {
    const reused = await reusable(engine, workspace, registration)
    if (reused) return { reused }
  }
  const oauth = registration.provider.credentials ? undefined : oauthOf(registration)
  if (oauth?.loopbackOnly && !/^http:\/\/(127\.0\.0\.1|\[::1\])(:\d+)?\//.test(registration.redirectUri)) {
    throw new MooringError('redirect_uri_mismatch', 'We have to fix this, not you.', {
      detail: `${registration.provider.name} takes only loopback redirect addresses here. Set ${registration.app.envPrefix}_REDIRECT_URI to http://127.0.0.1:<port>/callback/${registration.id}.`,
    })
  }
  const now = engine.runtime.now()
  const life = oauth ? FLOW_LIFE_MS : FORM_LIFE_MS
  const flowId = engine.runtime.uuid()
  const secrets = newSecrets(engine, workspace, flowId, registration)
  const ticket = starter.byKey ? newRoutedSecret(workspace, engine.runtime.random) : undefined
  const { blockedSince, taken } = await engine.store.flows.start(
    workspace,
    {
      id: flowId,
      kind: oauth ? 'oauth' : 'credentials',
      provider: registration.provider.id,
      registration: registration.id,
      starter: starter.id,
      starter_name: starter.name,
      end_user: input.endUser ?? null,
      requested_scopes: [...registration.scopes, ...(oauth?.optionalScopes ?? [])],
      reconnects: input.reconnect ?? null,
      return_to: returnTo,
      client_state: input.clientState ?? null,
      started_at: new Date(now),
      expires_at: new Date(now + life),
      connect_session: input.connectSession?.id ?? null,
      complete_at: input.connectSession?.completeAt ?? null,
      connect_link: input.connectLink ?? null,
    },
    { ...secrets.stored, ticket_hash: ticket === undefined ? null : sha256(ticket) },
    { most: rules.startsPerHour, since: new Date(now - HOUR_MS) },
  )
  if (taken) throw sessionUsed()
  if (blockedSince) {
    const wait = Math.max(1, Math.ceil((blockedSince.getTime() + HOUR_MS - now) / 1000))
    throw new MooringError('rate_limited', `Too many tries. Go on in ${Math.ceil(wait / 60)} min.`, {
      retryAfter: wait,
    })
  }
  return {
    started: {
      flowId,
      binding: secrets.binding,
      cookieSeconds: cookieSeconds(registration),
      authorizeUrl: authorizeUrlFor(engine, registration, secrets, rules.baseUrl),
      startUrl: ticket === undefined ? undefined : `${rules.baseUrl}/start/${ticket}`,
    },
  }
}

/** What a start link's page may tell: which provider, for whom. Undefined when the link was used or is over. */
export async function previewTicket(engine: Engine, ticket: string, workspace: string): Promise<FlowRow | undefined> {
  return engine.store.flows.byTicket(workspace, sha256(ticket), new Date(engine.runtime.now()))
}

/** A browser takes a start link: from now on this browser, and no other, can finish the flow. */
export async function claimTicket(
  engine: Engine,
  ticket: string,
  workspace: string,
  baseUrl: string,
): Promise<Pick<Started, 'authorizeUrl' | 'binding' | 'cookieSeconds'> & { flow: FlowRow }> {
  const preview = await previewTicket(engine, ticket, workspace)
  const over = () => new MooringError('flow_finished', 'This link was used already, or is over. Ask for a new one.')
  if (!preview) throw over()
  const registration = await configured(engine, workspace, preview.registration)
  const secrets = newSecrets(engine, workspace, preview.id, registration)
  const flow = await engine.store.flows.claim(
    workspace,
    sha256(ticket),
    () => secrets.stored,
    new Date(engine.runtime.now()),
  )
  if (!flow) throw over()
  return {
    flow,
    binding: secrets.binding,
    cookieSeconds: cookieSeconds(registration),
    authorizeUrl: authorizeUrlFor(engine, registration, secrets, baseUrl),
  }
}

interface Secrets {
  flowId: string
  state: string
  binding: string
  verifier: string | undefined
  stored: { state_hash: Buffer; binding_hash: Buffer; verifier: string | null }
}

function newSecrets(engine: Engine, workspace: string, flowId: string, registration: ConfiguredRegistration): Secrets {
  const { random } = engine.runtime
  const state = newRoutedSecret(workspace, random)
  const { credentials } = registration.provider
  // By it alone our own page is opened: it must say where to look.
  const binding = credentials ? newRoutedSecret(workspace, random) : newSecret(random)
  const verifier = !credentials && oauthOf(registration).pkce === 'S256' ? newVerifier(random) : undefined
  const sealed =
    verifier === undefined ? null : engine.vault.seal(verifier, { workspace, record: flowId, field: 'verifier' })
  return {
    flowId,
    state,
    binding,
    verifier,
    stored: { state_hash: sha256(state), binding_hash: sha256(binding), verifier: sealed },
  }
}

/** Where the browser goes: to the platform, or to our own page where the person types. */
function authorizeUrlFor(
  engine: Engine,
  registration: ConfiguredRegistration,
  secrets: Secrets,
  baseUrl: string,
): string {
  if (registration.provider.credentials) return `${baseUrl}/connect/${secrets.flowId}`
  const url = authorizationUrl({
    oauth: oauthOf(registration),
    client: clientOf(registration),
    scopes: registration.scopes,
    separator: registration.provider.scopes.separator,
    state: secrets.state,
    ...(secrets.verifier === undefined ? {} : { challenge: challengeOf(secrets.verifier) }),
  })
  return engine.runtime.platformUrl(url)
}

async function registrationFor(engine: Engine, workspace: string, input: StartInput): Promise<ConfiguredRegistration> {
  if (input.reconnect !== undefined) {
    const row = await engine.store.connections.get(workspace, input.reconnect)
    if (!row) throw new MooringError('not_found', 'There is no such connection.')
    return configured(engine, workspace, row.registration)
  }
  if (input.registration !== undefined) {
    const registration = await configured(engine, workspace, input.registration)
    if (input.provider !== undefined && registration.provider.id !== input.provider) {
      throw new MooringError('invalid_request', 'That registration belongs to another provider.', {
        fields: [{ path: 'registration', message: 'another provider' }],
      })
    }
    return registration
  }
  if (input.provider === undefined) {
    throw new MooringError('invalid_request', 'Say which provider to connect.', {
      fields: [{ path: 'provider', message: 'is missing' }],
    })
  }
  const [own] = (await ownRegistrations(engine, workspace)).filter((one) => one.provider.id === input.provider)
  const ofProvider = engine.registrations.filter((one) => one.provider.id === input.provider)
  const chosen = own ?? ofProvider.find((one) => one.client) ?? ofProvider[0]
  return configured(engine, workspace, chosen?.id ?? input.provider)
}

/** The newest live connection whose token can be had, renewed if it is due. */
async function reusable(
  engine: Engine,
  workspace: string,
  registration: ConfiguredRegistration,
): Promise<string | undefined> {
  for (const row of await engine.store.connections.live(workspace, registration.id)) {
    try {
      await getAccessToken(engine, workspace, row.id)
      return row.id
    } catch (error) {
      if (!isMooringError(error) || error.code === 'database_unavailable') throw error
    }
  }
  return undefined
}
