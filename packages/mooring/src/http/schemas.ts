/**
 * The shapes of the HTTP API, once: they validate what comes in and are the OpenAPI document that goes out.
 * Times are ISO 8601 in UTC. Ids are UUIDs. Absent things are null, never missing.
 */
import { z } from '@hono/zod-openapi'
import { SCOPES } from '../access/permissions.ts'
import { text } from './schema-parts.ts'
import { CHECKPOINTS, Credentials } from './schemas-credentials.ts'

const time = z.string().openapi({ example: '2027-01-20T09:00:00.000Z' })
const id = z.uuid()
const picture = z.string().nullable().openapi({
  description:
    'A path below the address of this server, good for a day or two without any key. Null: there is none that can be shown.',
  example: '/api/v1/pictures/WyI1Yj….kTf…',
})
export const CONNECTION_STATES = ['connected', 'failing', 'reauthorize', 'misconfigured', 'disconnected'] as const
export const FLOW_STATES = [
  'pending',
  'connecting',
  'awaiting_completion',
  'checkpoint',
  'connected',
  'failed',
  'expired',
] as const
export const API_KEY_SCOPES = SCOPES

export const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:mooring:error:rate_limited' }),
    title: z.string().openapi({ description: 'The HTTP status in words.' }),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable: match on this.', example: 'rate_limited' }),
    detail: z.string().openapi({ description: 'A sentence for the person.' }),
    operatorDetail: z
      .string()
      .optional()
      .openapi({ description: 'For whoever runs the server; only in development or with an API key.' }),
    providerCode: z.string().optional().openapi({ description: "The platform's own code." }),
    retryAfter: z.number().optional().openapi({ description: 'Seconds until it makes sense to try again.' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .openapi('Problem')

export const ScopeInfo = z
  .object({ scope: z.string(), allows: z.string(), without: z.string() })
  .openapi('Scope', { description: 'What a permission allows, and what will not work without it.' })

export const Registration = z
  .object({
    id: z.string(),
    name: z.string(),
    when: z.string().openapi({ description: 'When this kind of app is the right one.' }),
    configured: z.boolean(),
    own: z.boolean().openapi({ description: 'An app of this workspace’s own.' }),
    simulated: z.boolean().openapi({ description: 'The sandbox plays the platform.' }),
    keyed: z.boolean().openapi({ description: 'It has an API key in place of a client id and secret.' }),
    redirectUri: z.string().openapi({ description: 'The exact address to register at the provider.' }),
    scopes: z.array(ScopeInfo),
    setup: z.array(z.string()).openapi({ description: 'What to do at the provider, in order.' }),
    env: z.array(z.object({ name: z.string(), required: z.boolean(), set: z.boolean() })),
    notices: z.array(z.object({ level: z.enum(['warning', 'error']), message: z.string(), mend: z.string() })),
  })
  .openapi('Registration')

export const Provider = z
  .object({
    id: z.string(),
    name: z.string(),
    configured: z.boolean().openapi({ description: 'At least one registration is configured.' }),
    simulated: z.boolean(),
    credentials: z.boolean().openapi({ description: 'Connected by e-mail and password, through a service.' }),
    docs: z.string(),
    beforeConnect: z
      .string()
      .nullable()
      .openapi({ description: 'A sentence that a person should read before they leave for the platform.' }),
    notListed: z
      .array(z.string())
      .openapi({ description: 'What to try where an account is not among those that can be chosen.' }),
    registrations: z.array(Registration),
  })
  .openapi('Provider')

export const Account = z
  .object({
    id,
    connectionId: id,
    provider: z.string(),
    kind: z.string().openapi({ example: 'organization' }),
    subject: z.string().openapi({ description: "The platform's id.", example: 'urn:li:organization:1234' }),
    label: z.string(),
    handle: z.string().nullable(),
    picture,
    note: z.string().nullable(),
    addedAt: time,
  })
  .openapi('Account')

export const Candidate = z
  .object({
    id: z.string().openapi({ description: 'Send this back to choose it.' }),
    kind: z.string(),
    label: z.string(),
    handle: z.string().nullable(),
    picture,
    note: z.string().nullable(),
    selectable: z.boolean(),
    reason: z.string().nullable().openapi({ description: 'Why it cannot be chosen.' }),
    connected: z.boolean().openapi({ description: 'Already connected in this workspace.' }),
    connection: z
      .object({ id, label: z.string(), connectedBy: z.string().nullable(), addedAt: time })
      .nullable()
      .openapi({ description: 'What has it already; told to whoever may read connections.' }),
    elsewhere: z
      .array(z.object({ workspaceId: id, workspace: z.string(), connectedBy: z.string().nullable() }))
      .openapi({
        description: 'Other workspaces of the person who asks that have it, too. It can be chosen all the same.',
      }),
  })
  .openapi('Candidate')

export const Health = z
  .object({
    level: z.enum(['ok', 'warning', 'bad']),
    message: z.string().openapi({ description: 'One sentence for the person.' }),
    needsPersonAt: time.nullable().openapi({ description: 'When somebody must reconnect, as far as is known.' }),
    reason: z
      .enum([
        'renews',
        'no_refresh_token',
        'refresh_token_ends',
        'refresh_refused',
        'data_access_ends',
        'reauthorize',
        'misconfigured',
        'failing',
        'disconnected',
      ])
      .openapi({ description: 'Why then.' }),
  })
  .openapi('Health')

export const Connection = z
  .object({
    id,
    provider: z.string(),
    registration: z.string(),
    state: z.enum(CONNECTION_STATES),
    identity: z.object({
      subject: z.string(),
      label: z.string(),
      handle: z.string().nullable(),
      email: z.string().nullable(),
      picture,
    }),
    accounts: z.array(Account),
    grantedScopes: z.array(z.string()),
    missingScopes: z.array(ScopeInfo).openapi({ description: 'Asked for and not granted, with what does not work.' }),
    accessTokenExpiresAt: time.nullable(),
    refreshTokenExpiresAt: time.nullable(),
    renewsAt: time.nullable().openapi({ description: 'From when on it is renewed; null where it is not.' }),
    dataAccessEndsAt: time.nullable().openapi({
      description: "When the platform ends its consent to the person's data, whatever the tokens say.",
    }),
    renewable: z.boolean().openapi({ description: 'A refresh token is held that the platform has not refused.' }),
    health: Health,
    problem: z
      .object({
        code: z.string(),
        message: z.string(),
        operatorDetail: z.string().nullable(),
        providerCode: z.string().nullable(),
        since: time,
        failures: z.number().int(),
        nextTryAt: time.nullable(),
      })
      .nullable(),
    connectedBy: z.string().nullable(),
    connectedAt: time.nullable(),
    lastRefreshedAt: time.nullable(),
    lastTestedAt: time.nullable(),
    disconnectedAt: time.nullable(),
    createdAt: time,
  })
  .openapi('Connection')

export const KeepGrant = z.object({ keepGrant: z.enum(['true', 'false']).optional() })

export const ForecastQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(90).openapi({ description: 'How far to look ahead.' }),
})

export const Forecast = z
  .object({
    data: z.array(
      z.object({
        at: time,
        who: z.enum(['person', 'operator']).openapi({ description: 'Who must act.' }),
        reason: z.string().openapi({ description: "A connection's health reason, or `api_version_ends`." }),
        message: z.string(),
        provider: z.string(),
        registration: z.string(),
        connection: z.object({ id, label: z.string(), state: z.enum(CONNECTION_STATES) }).nullable(),
        postsAfter: z.number().int().openapi({ description: 'Posts that are to go out after it.' }),
      }),
    ),
    counts: z.object({
      now: z.number().int().openapi({ description: 'Connections that need a person now.' }),
      in7: z.number().int().openapi({ description: 'Now or within 7 days.' }),
      in30: z.number().int(),
      in90: z.number().int(),
    }),
    more: z.boolean().openapi({ description: 'More connections end than are listed.' }),
  })
  .openapi('Forecast')

export const Alerts = z
  .object({
    data: z.array(
      z.object({
        registration: z.string(),
        provider: z.string().nullable(),
        code: z.string(),
        message: z.string(),
        operatorDetail: z.string().nullable(),
        providerCode: z.string().nullable(),
        since: time,
        lastAt: time,
        times: z.number().int(),
        nextTryAt: time,
      }),
    ),
  })
  .openapi('Alerts')

export const Flow = z
  .object({
    id,
    kind: z.enum(['oauth', 'credentials']),
    provider: z.string(),
    registration: z.string(),
    state: z.enum(FLOW_STATES),
    checkpoint: z.enum(CHECKPOINTS).nullable().openapi({ description: 'What the flow waits for.' }),
    outcome: z.enum(['connected', 'updated', 'reconnected']).nullable(),
    error: z.object({ code: z.string(), message: z.string(), operatorDetail: z.string().nullable() }).nullable(),
    connectionId: id.nullable(),
    identity: z.object({ label: z.string(), handle: z.string().nullable() }).nullable(),
    candidates: z
      .array(Candidate)
      .openapi({ description: 'What the connection can act as; filled at the checkpoint `accounts`.' }),
    credentials: Credentials.nullable().openapi({ description: 'Of a flow by e-mail and password.' }),
    requestedScopes: z.array(ScopeInfo),
    missingScopes: z.array(ScopeInfo),
    reconnects: id.nullable(),
    returnTo: z.string(),
    clientState: z.string().nullable(),
    startedAt: time,
    expiresAt: time,
    authorizeUrl: z.string().optional().openapi({
      description: 'Only in the answer to a start: where to send the very browser that made this request.',
    }),
    startUrl: z.string().optional().openapi({
      description:
        'Only in the answer to a start by API key: a link for one browser, good once, that begins the flow there.',
    }),
  })
  .openapi('Flow')

export const StartFlow = z
  .object({
    provider: z.string().optional().openapi({ description: 'Its id, as `GET /providers` lists it.' }),
    registration: z
      .string()
      .optional()
      .openapi({ description: "Which of the provider's apps; its first configured one without this." }),
    returnTo: z
      .string()
      .max(2000)
      .optional()
      .openapi({ description: 'A path, or an address on an allowed origin.', example: '/accounts' }),
    reconnect: id.optional().openapi({ description: 'The connection to renew; another outside identity is refused.' }),
    reuse: z
      .boolean()
      .optional()
      .openapi({ description: 'Answer with the live connection where there is one and start nothing.' }),
    clientState: text().max(500).optional().openapi({ description: 'Opaque to Mooring, given back on the flow.' }),
    endUser: text()
      .min(1)
      .max(200)
      .optional()
      .openapi({ description: "With an API key: your own user's id. Start limits count per user." }),
  })
  .openapi('StartFlow')

export const Reused = z.object({ reused: z.literal(true), connection: Connection }).openapi('ReusedConnection')

export const ChooseAccounts = z.object({ accounts: z.array(z.string().max(500)).max(2000) }).openapi('ChooseAccounts')

export const Token = z
  .object({
    connectionId: id,
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresAt: time.nullable(),
    scopes: z.array(z.string()),
  })
  .openapi('Token')

export const AccountToken = z.object({ accountId: id, ...Token.shape }).openapi('AccountToken')

export const TestResult = z
  .object({
    ok: z.boolean(),
    message: z.string(),
    milliseconds: z.number().int(),
    connection: Connection,
  })
  .openapi('TestResult')

export const Disconnected = z
  .object({
    revoked: z.enum(['yes', 'no', 'shared', 'unsupported', 'kept']).openapi({
      description:
        '`shared`: another connection rests on the same grant, so it was left alive at the platform. `kept`: as asked.',
    }),
    connection: Connection,
  })
  .openapi('Disconnected')

export const Event = z
  .object({
    id,
    at: time,
    type: z.string().openapi({ example: 'connection.connected' }),
    actor: z.string().openapi({ example: 'Mara Lindqvist' }),
    message: z.string(),
    connectionId: id.nullable(),
  })
  .openapi('Event')

/** With a zone: what has none was made out by whoever sends it. */
const given = z.iso.datetime({ offset: true }).nullish()
/** Longer is no token, and fits no request's header. */
const secret = z.string().min(1).max(20_000).nullish()

export const ImportRecord = z
  .object({
    ref: text()
      .max(200)
      .nullish()
      .openapi({ description: 'Your own name for it: given back, and told in the history.' }),
    provider: text().min(1).max(100),
    registration: text().max(100).nullish(),
    workspace: text()
      .min(1)
      .max(200)
      .nullish()
      .openapi({ description: 'External id of the workspace; made when there is none. For keys of the instance.' }),
    subject: text()
      .max(500)
      .nullish()
      .openapi({ description: "The platform's id of whoever authorized, if you have it." }),
    label: text().max(500).nullish(),
    accessToken: secret,
    refreshToken: secret,
    accessTokenExpiresAt: given,
    refreshTokenExpiresAt: given,
    scopes: z.array(text().max(300)).max(200).nullish(),
    updatedAt: given.openapi({ description: 'When the tokens were written where they come from.' }),
  })
  .openapi('ImportRecord')

export const ImportConnections = z
  .object({
    dryRun: z.boolean().default(true).openapi({ description: 'Judge everything, write nothing.' }),
    offline: z.boolean().default(false).openapi({ description: 'Do not ask the platforms whose the tokens are.' }),
    registration: text().max(100).optional().openapi({ description: 'For records of its provider that name none.' }),
    from: text().max(200).optional().openapi({ description: 'Where they come from, for the history.' }),
    startedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: 'From the first answer of an import in several requests.' }),
    records: z.array(ImportRecord).max(100),
  })
  .openapi('ImportConnections')

export const Imported = z
  .object({
    data: z.array(
      z.object({
        ref: z.string(),
        outcome: z.enum(['created', 'updated', 'unchanged', 'kept', 'skipped']),
        code: z.string().openapi({ description: 'Stable: why, or how the connection stands.', example: 'renews' }),
        message: z.string(),
        connectionId: id.nullable().openapi({ description: 'Null where there is none, as in a dry run.' }),
        workspaceId: id.nullable(),
        registration: z.string().nullable(),
        subject: z.string().nullable(),
        label: z.string().nullable(),
        identity: z.enum(['platform', 'source']).nullable().openapi({ description: 'Who said whose it is.' }),
        accounts: z.number().int().openapi({ description: 'How many accounts were taken with it.' }),
      }),
    ),
    dryRun: z.boolean(),
    startedAt: time,
  })
  .openapi('Imported')

const keyName = text().trim().min(1).max(80)

export const ApiKey = z
  .object({
    id,
    name: z.string(),
    prefix: z.string().openapi({ description: 'Its first characters, to tell keys apart.', example: 'mk_live_8Kd2' }),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    mode: z.enum(['live', 'test']).openapi({ description: 'A test key opens only where every platform is simulated.' }),
    workspaceId: id.nullable().openapi({ description: 'Null: of the whole server.' }),
    createdAt: time,
    createdBy: z.string().nullable(),
    expiresAt: time.nullable().openapi({ description: 'From then on it is refused. Null: it does not end by itself.' }),
    lastUsedAt: time.nullable().openapi({ description: 'To the minute.' }),
  })
  .openapi('ApiKey')

export const CreateApiKey = z
  .object({
    name: keyName,
    scopes: z.array(z.enum(API_KEY_SCOPES)).min(1),
    workspaceId: id.nullable().default(null).openapi({ description: 'Null: of the whole server.' }),
    expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  })
  .openapi('CreateApiKey')

export const ChangeApiKey = z.object({ name: keyName }).openapi('ChangeApiKey')

export const CreatedApiKey = ApiKey.extend({ key: z.string().openapi({ description: 'Shown once.' }) }).openapi(
  'CreatedApiKey',
)

/** A page of a list: `nextCursor` goes into `?cursor=`; null on the last page. */
export const page = <T extends z.ZodType>(item: T, name: string) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() }).openapi(name)

export const Connections = page(Connection, 'Connections')
export const Accounts = page(Account, 'Accounts')
export const Events = page(Event, 'Events')
export const Providers = page(Provider, 'Providers')
export const ApiKeys = page(ApiKey, 'ApiKeys')
export const Candidates = page(Candidate, 'Candidates')

export const Paging = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
