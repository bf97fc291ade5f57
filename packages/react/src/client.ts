import type * as api from './api.ts'
import { connectLinkCalls, credentialCalls } from './client-credentials.ts'
import { type UploadOptions, uploadMedia } from './client-media.ts'
import { meCalls, signInCalls } from './client-people.ts'
import { postCalls } from './client-posts.ts'
import { onboardingCalls, webhookCalls } from './client-webhooks.ts'
import { judgeProblem, offline } from './problem.ts'

export interface ClientOptions {
  /** Where Mooring is, without a slash at its end; this page's own origin by default. */
  baseUrl?: string | undefined
  /** Where a browser is not the caller, or a token has to be added. Read at each call. */
  fetch?: typeof globalThis.fetch | undefined
  /** The id of the workspace to act in, for whoever belongs to several. Read at each call. */
  workspace?: (() => string | undefined) | undefined
}

export type Client = ReturnType<typeof createClient>

/** One function for each operation of the HTTP API. Each throws ApiProblem. */
export function createClient(options: ClientOptions = {}) {
  const call = caller(options)
  const at = (path: string, id: string, rest = '') => `${path}/${encodeURIComponent(id)}${rest}`
  return {
    /** Where a path that Mooring names (a picture) is for this page. */
    address: (path: string) => `${options.baseUrl ?? ''}${path}`,
    /** The same for what a browser asks by itself, without our headers: a picture, a stream of events. */
    addressWithin: (path: string) => `${options.baseUrl ?? ''}${withQuery(path, { workspace: options.workspace?.() })}`,
    session: {
      get: () => call<api.Session>('GET', '/session'),
      signIn: (token: string) => call<api.Session>('POST', '/session', { token }),
      signOut: () => call<void>('DELETE', '/session'),
      ...signInCalls(call),
    },
    me: meCalls(call),
    audit: {
      page: (filter: api.AuditFilter, cursor?: string) =>
        call<api.Page<api.AuditEntry>>('GET', withQuery('/audit', { ...filter, cursor })),
      /** Lines of JSON, or CSV. */
      export: (format: 'csv' | 'ndjson', filter: api.AuditFilter) =>
        call<string>('GET', withQuery('/audit/export', { ...filter, format })),
    },
    workspaces: {
      create: (name: string) => call<api.Workspace>('POST', '/workspaces', { name }),
      get: () => call<api.Workspace>('GET', '/workspace'),
      change: (to: { name?: string; website?: string | null; idealCustomer?: string | null; logo?: string | null }) =>
        call<api.Workspace>('PATCH', '/workspace', to),
      /** Lines of JSON. */
      export: () => call<string>('GET', '/workspace/export'),
      erase: (name: string) => call<api.ErasedWorkspace>('POST', '/workspace/erase', { name }),
    },
    members: {
      list: () => everyPage<api.Member>(call, '/members'),
      setRole: (id: string, role: api.Role) => call<void>('PATCH', at('/members', id), { role }),
      remove: (id: string) => call<void>('DELETE', at('/members', id)),
    },
    invitations: {
      list: () => everyPage<api.Invitation>(call, '/invitations'),
      create: (email: string, role: api.Role) => call<api.NewInvitation>('POST', '/invitations', { email, role }),
      withdraw: (id: string) => call<void>('DELETE', at('/invitations', id)),
    },
    posts: postCalls(call),
    upload: (file: File, how?: UploadOptions) => uploadMedia(options, file, how),
    providers: {
      list: () => everyPage<api.Provider>(call, '/providers'),
    },
    flows: {
      start: (input: api.StartFlow) => call<api.Flow | api.Reused>('POST', '/flows', input),
      get: (id: string) => call<api.Flow>('GET', at('/flows', id)),
      chooseAccounts: (id: string, accounts: string[]) =>
        call<api.Flow>('POST', at('/flows', id, '/accounts'), { accounts }),
      reloadCandidates: (id: string) => call<api.Flow>('POST', at('/flows', id, '/candidates')),
      giveUp: (id: string) => call<void>('DELETE', at('/flows', id)),
      ...credentialCalls(call, (id, rest) => at('/flows', id, rest)),
    },
    connectLinks: {
      list: () => everyPage<api.ConnectLink>(call, '/connect-links'),
      ...connectLinkCalls(call),
    },
    connections: {
      list: () => everyPage<api.Connection>(call, '/connections'),
      get: (id: string) => call<api.Connection>('GET', at('/connections', id)),
      refresh: (id: string) => call<api.Connection>('POST', at('/connections', id, '/refresh')),
      test: (id: string) => call<api.TestResult>('POST', at('/connections', id, '/test')),
      disconnect: (id: string) => call<api.Disconnected>('DELETE', at('/connections', id)),
      events: (id: string, cursor?: string) =>
        call<api.Page<api.Event>>('GET', withQuery(at('/connections', id, '/events'), { cursor })),
      availableAccounts: (id: string) => everyPage<api.Candidate>(call, at('/connections', id, '/available-accounts')),
      setAccounts: (id: string, accounts: string[]) =>
        call<api.Connection>('PUT', at('/connections', id, '/accounts'), { accounts }),
    },
    forecast: (days: number) => call<api.Forecast>('GET', withQuery('/forecast', { days: String(days) })),
    alerts: async () => (await call<{ data: api.Alert[] }>('GET', '/alerts')).data,
    vault: {
      get: () => call<api.Vault>('GET', '/vault'),
      rotate: (cursor?: string) => call<api.Rotated>('POST', '/vault/rotate', cursor === undefined ? {} : { cursor }),
    },
    registrations: {
      list: async () => (await call<{ data: api.OwnRegistration[] }>('GET', '/registrations')).data,
      add: (wanted: api.NewOwnRegistration) => call<api.OwnRegistration>('POST', '/registrations', wanted),
      change: (id: string, to: { clientId?: string; clientSecret?: string }) =>
        call<api.OwnRegistration>('PATCH', at('/registrations', id), to),
      test: async (id: string) =>
        (await call<{ data: api.OwnCheck[] }>('POST', at('/registrations', id, '/test'))).data,
      remove: (id: string) => call<void>('DELETE', at('/registrations', id)),
    },
    webhooks: webhookCalls(call),
    onboarding: onboardingCalls(call),
    apiKeys: {
      list: () => everyPage<api.ApiKey>(call, '/api-keys'),
      create: (wanted: api.NewApiKey) => call<api.CreatedApiKey>('POST', '/api-keys', wanted),
      rename: (id: string, name: string) => call<api.ApiKey>('PATCH', at('/api-keys', id), { name }),
      remove: (id: string) => call<void>('DELETE', at('/api-keys', id)),
    },
  }
}

/** `bearer`: in place of whoever this browser is signed in as. */
export type Call = <T>(
  method: string,
  path: string,
  body?: unknown,
  bearer?: string,
  headers?: Readonly<Record<string, string>>,
) => Promise<T>

function caller({ baseUrl = '', fetch, workspace }: ClientOptions): Call {
  return async <T>(
    method: string,
    path: string,
    body?: unknown,
    bearer?: string,
    more?: Readonly<Record<string, string>>,
  ): Promise<T> => {
    const send = fetch ?? globalThis.fetch
    const within = bearer === undefined ? workspace?.() : undefined
    const response = await send(`${baseUrl}/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(within === undefined ? {} : { 'mooring-workspace': within }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw offline()
    })
    if (response.status === 204) return undefined as T
    const type = response.headers.get('content-type') ?? ''
    if (/^(application\/x-ndjson|text\/csv)/.test(type)) return (await response.text()) as T
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok && answer !== undefined) return answer as T
    throw judgeProblem(response.status, answer, response.headers.get('x-request-id'))
  }
}

/** Lists here are a workspace's own and short; they are read whole. */
async function everyPage<T>(call: Call, path: string): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const page: api.Page<T> = await call<api.Page<T>>('GET', withQuery(path, { cursor, limit: '200' }))
    all.push(...page.data)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}
