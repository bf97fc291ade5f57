/** A person with a browser, without a screen: start link, consent page of the sandbox, callback, sign-in. */
import { createBrowser } from '../../../sandbox/src/browser.ts'
import type { Json, Visit } from '../world.ts'
import { type Answer, request, type Server } from './harness.ts'

const WWW = 'https://www.linkedin.com'
const OURS = { 'sec-fetch-site': 'same-origin' }

export const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** Opens a start link, goes on, consents or not, and comes back. Returns the callback's answer. */
export async function followLink(startUrl: string, visit: Visit = {}): Promise<Answer> {
  const shown = await request('GET', startUrl)
  if (shown.status !== 200) throw new Error(`the start page answered ${shown.status}`)
  const begun = await request('POST', startUrl, undefined, OURS)
  const authorize = begun.headers.get('location')
  if (begun.status !== 303 || authorize === null) throw new Error(`the start answered ${begun.status}`)
  const screen = await createBrowser({ [WWW]: new URL(authorize).origin }).consent(authorize, visit)
  if (screen.location === undefined) throw new Error(`the platform shows ${screen.status}`)
  return request('GET', screen.location, undefined, { cookie: cookiesOf(begun.headers) })
}

/** Connects by the API and takes every account. Returns the connection. */
export async function connect(server: Pick<Server, 'api'>, body: object = { provider: 'linkedin' }): Promise<Json> {
  const started = await server.api('POST', '/flows', body)
  if (started.status !== 201) throw new Error(`start answered ${started.status} ${JSON.stringify(started.body)}`)
  await followLink(started.body.startUrl)
  const flow = (await server.api('GET', `/flows/${started.body.id}`)).body
  const accounts = flow.candidates.map((one: Json) => one.id)
  await server.api('POST', `/flows/${flow.id}/accounts`, { accounts })
  const connection = await server.api('GET', `/connections/${flow.connectionId}`)
  if (connection.body.state !== 'connected') throw new Error(JSON.stringify(flow))
  return connection.body
}

/** Redeems a sign-in link. */
export const signIn = (server: Pick<Server, 'url'>, link: string): Promise<Answer> =>
  request('POST', `${server.url}/api/v1/session`, { token: new URL(link).hash.slice(1) }, OURS)

/** One command to the sandbox that a server runs. */
export async function steer(sandbox: string, command: object): Promise<void> {
  const { status, body } = await request('POST', `${sandbox}/__control`, command)
  if (status !== 200) throw new Error(`control answered ${status} ${JSON.stringify(body)}`)
}

/** How often a platform's endpoint was asked; a request that is under way counts. */
export async function requestsOf(sandbox: string, endpoint: string): Promise<number> {
  const { body } = await request('GET', `${sandbox}/__control`)
  return body.requests[endpoint] ?? 0
}
