/** Accounts at every network that publishes: people consent at the sandbox, and all that they can act as is taken. */
import type { Browser } from '@mooring/sandbox'
import { createBrowser } from '../../packages/sandbox/src/browser.ts'
import type { Client } from './client.ts'

export interface Home {
  id: string
  network: Network
  /** Where its posts stand: Instagram is reached by two ways. */
  place: string
}

export const NETWORKS = {
  'linkedin person': 'LinkedIn person',
  'linkedin organization': 'LinkedIn organization',
  'x person': 'X',
  'meta page': 'Facebook Page',
  'meta instagram': 'Instagram by Facebook',
  'instagram instagram': 'Instagram',
} as const
export type Network = keyof typeof NETWORKS

export interface Connects {
  provider: string
  member: string
  /** So many accounts at most. */
  most: number
}

const EVERYBODY: readonly Connects[] = [
  ...['mara', 'tomas', 'ines', 'priya'].map((member) => ({ provider: 'linkedin', member, most: 6 })),
  ...['mara', 'tomas', 'ines', 'priya'].map((member) => ({ provider: 'x', member, most: 1 })),
  ...['mara', 'priya'].map((member) => ({ provider: 'meta', member, most: 60 })),
  ...['mara', 'tomas', 'priya'].map((member) => ({ provider: 'instagram', member, most: 1 })),
]

interface Candidate {
  id: string
  kind: string
  selectable: boolean
}

interface Account {
  id: string
  provider: string
  kind: string
  subject: string
}

export interface People {
  homes: Home[]
  /** A connection that a person must renew is renewed by who made it. Answers with how many were. */
  reconnect(): Promise<number>
}

export async function connectAll(
  client: Client,
  origins: Record<string, string>,
  connects: readonly Connects[] = EVERYBODY,
): Promise<People> {
  const members = new Map<string, string>()
  const connect = async (body: object, member: string) => {
    const { id, startUrl } = await client.ask('POST', '/flows', body)
    await consent(createBrowser(origins), startUrl, member)
    return client.ask('GET', `/flows/${id}`)
  }
  for (const { provider, member, most } of connects) {
    const flow = await connect({ provider }, member)
    if (!['checkpoint', 'connected'].includes(flow.state))
      throw new Error(`${provider}, ${member}: ${flow.state} ${JSON.stringify(flow.error)}`)
    members.set(flow.connectionId, member)
    if (flow.state === 'connected') continue
    const candidates = (flow.candidates as Candidate[]).filter((one) => one.selectable)
    await client.ask('POST', `/flows/${flow.id}/accounts`, { accounts: spread(candidates, most).map((one) => one.id) })
  }
  return {
    homes: await homesOf(client),
    async reconnect() {
      const { data } = await client.ask('GET', '/connections?limit=100')
      const dead = (data as { id: string; state: string }[]).filter((one) => one.state === 'reauthorize')
      for (const { id } of dead) await connect({ reconnect: id }, members.get(id) ?? '')
      return dead.length
    },
  }
}

async function homesOf(client: Client): Promise<Home[]> {
  const homes: Home[] = []
  for (let cursor = ''; ; ) {
    const page = await client.ask('GET', `/accounts?limit=100${cursor}`)
    for (const { id, provider, kind, subject } of page.data as Account[]) {
      const network = `${provider} ${kind}`
      if (network in NETWORKS)
        homes.push({
          id,
          network: network as Network,
          place: `${kind === 'person' ? provider : ''} ${kind} ${subject}`,
        })
    }
    if (page.nextCursor === null) return homes
    cursor = `&cursor=${page.nextCursor}`
  }
}

/** As many of each kind as there is room for. */
function spread(candidates: readonly Candidate[], most: number): Candidate[] {
  const kinds = Map.groupBy(candidates, (one) => one.kind)
  const each = Math.max(1, Math.floor(most / kinds.size))
  return [...kinds.values()].flatMap((some) => some.slice(0, each))
}

async function consent(browser: Browser, startUrl: string, member: string): Promise<void> {
  const shown = await fetch(startUrl)
  if (!shown.ok) throw new Error(`the start page answered ${shown.status}`)
  const begun = await fetch(startUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  const cookie = begun.headers.getSetCookie().map((line) => line.split(';')[0])
  const screen = await browser.consent(begun.headers.get('location') ?? '', { member })
  if (screen.location === undefined)
    throw new Error(`the platform shows ${screen.status}: ${screen.html.slice(0, 300)}`)
  await fetch(screen.location, { redirect: 'manual', headers: { cookie: cookie.join('; ') } })
}
