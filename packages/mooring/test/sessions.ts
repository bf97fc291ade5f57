/** What tests of connect sessions share: a host's server that makes them, and a browser that goes the way of a person. */
import { expect } from 'vitest'
import { BASE, type Json, type TestBrowser, type Visit, type World } from './world.ts'

export const HOST = 'https://app.example.com'
/** A host on an origin of its own. */
export const HOST_ENV = { MOORING_RETURN_ORIGINS: HOST, MOORING_STARTS_PER_HOUR: '1000' }
export const RETURN_TO = `${HOST}/settings`
export const COMPLETE_AT = `${HOST}/settings/connected`

export interface Made {
  id: string
  token: string
  url: string
  workspaceId: string
  expiresAt: string
}

/** As the host's server makes one for its user Ada. */
export const wanted = (parts: Record<string, unknown> = {}) => ({
  workspace: { externalId: 'acme', name: 'Acme' },
  endUser: { id: 'ada', name: 'Ada' },
  returnTo: RETURN_TO,
  completeAt: COMPLETE_AT,
  ...parts,
})

export async function makeSession(world: World, parts: Record<string, unknown> = {}): Promise<Made> {
  const made = await world.api('POST', '/connect-sessions', wanted(parts))
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}

export interface Seen {
  status: number
  text: string
  headers: Headers
  /** Where it led. */
  to: URL | undefined
}

/** A form of our own page that is sent, or an address that is opened, by this browser. */
async function visit(
  world: World,
  browser: TestBrowser,
  path: string,
  form?: Record<string, string> | URLSearchParams,
) {
  const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const init = form && { method: 'POST', body: new URLSearchParams(form) }
  const site = form ? 'same-origin' : 'cross-site'
  const request = new Request(new URL(path, BASE), { ...init, headers: { cookie, 'sec-fetch-site': site } })
  const response = await world.mooring.fetch(request)
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0/i.test(line)) browser.jar.delete(name)
    else browser.jar.set(name, value)
  }
  const location = response.headers.get('location')
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    to: location === null ? undefined : new URL(location),
  }
}

export const look = (world: World, browser: TestBrowser, path: string): Promise<Seen> => visit(world, browser, path)
export const submit = (
  world: World,
  browser: TestBrowser,
  path: string,
  form: Record<string, string> | URLSearchParams = {},
): Promise<Seen> => visit(world, browser, path, form)

/** What the page's script does with the link. */
export const open = (world: World, browser: TestBrowser, { url }: Pick<Made, 'url'>): Promise<Seen> =>
  submit(world, browser, '/connect-session', { token: new URL(url).hash.slice(1) })

/** Presses the button of the page that stands open. */
export const press = (world: World, browser: TestBrowser, { id }: Pick<Made, 'id'>, provider = 'linkedin') =>
  submit(world, browser, `/connect-session/${id}`, { provider })

/** The link, the button, the platform, the callback: where the browser ends up. */
export async function walk(world: World, browser: TestBrowser, made: Made, at: Visit = {}): Promise<Seen> {
  const opened = await open(world, browser, made)
  expect(opened.to?.pathname, opened.text).toBe(`/connect-session/${made.id}`)
  return go(world, browser, made, at)
}

/** The same from the button on. */
export async function go(world: World, browser: TestBrowser, made: Made, at: Visit = {}): Promise<Seen> {
  const started = await press(world, browser, made)
  expect(started.status, started.text).toBe(303)
  return look(world, browser, await browser.consent(started.to?.href ?? '', at))
}

/** What the browser brought to the host's page. */
export function brought(seen: Seen): { flow: string; code: string } {
  expect(seen.to?.href.startsWith(COMPLETE_AT), `${seen.status} ${seen.to?.href} ${seen.text}`).toBe(true)
  const { searchParams } = seen.to ?? new URL(BASE)
  return { flow: searchParams.get('flow') ?? '', code: searchParams.get('code') ?? '' }
}

/** As the host's server completes, for whoever is signed in there. */
export const complete = (world: World, { flow, code }: { flow: string; code: string }, user: string, headers = {}) =>
  world.api('POST', `/flows/${flow}/complete`, { code, endUser: { id: user } }, headers)

export const flowRow = async (world: World, id: string): Promise<Json> =>
  (await world.database.query<Record<string, unknown>>('select * from mooring.flows where id = $1', [id]))[0]

/** How many rows of what a flow can leave. */
export async function stored(world: World): Promise<Record<string, number>> {
  const [row] = await world.database.query<Record<string, number>>(`select
    (select count(*)::int from mooring.connections) as connections,
    (select count(*)::int from mooring.accounts) as accounts,
    (select count(*)::int from mooring.events) as events,
    (select count(*)::int from mooring.grant_holders) as holders,
    (select count(*)::int from mooring.flow_completions) as completions,
    (select count(*)::int from mooring.flows where held_tokens is not null) as held`)
  return row ?? {}
}

export const NOTHING = { connections: 0, accounts: 0, events: 0, holders: 0, completions: 0, held: 0 }
