import { describe, expect, it } from 'vitest'
import type { Player } from '../core/simulator.ts'
import { kit, reply } from '../kit.ts'
import { type LedgerEntry, ledgerOf } from './ledger.ts'

const entry = (id: string, at: number): LedgerEntry => ({
  ...{ id, at, account: 'a', kind: 'post', text: id, replyTo: null, media: [], link: null, visibility: null },
  deleted: false,
})
const player = (id: string, ledger?: () => LedgerEntry[]) => ({ id, platform: { ledger } }) as unknown as Player

describe('the ledger', () => {
  it('has the newest last, and equals in the order they came', () => {
    const posts = [entry('late', 9), entry('first', 1), entry('second', 1)]
    const ids = ledgerOf([player('p', () => posts)], 'p').map(({ id }) => id)
    expect(ids).toEqual(['first', 'second', 'late'])
    expect(posts[0]?.id).toBe('late')
  })
  it.each(['q', 'nothing'])('of %s is none', (id) => {
    expect(() => ledgerOf([player('p', () => []), player('q')], id)).toThrow(/Nothing is published/)
  })
})

describe('over HTTP', () => {
  const k = kit({ only: ['hubspot'] })
  it('a platform without one: 404', async () => {
    for (const id of ['hubspot', 'hubsport', 'linkedin']) {
      const answer = await reply(await fetch(`${k.sandbox.url}/__control/${id}/ledger`))
      expect([answer.status, answer.json.error]).toEqual([404, `Nothing is published on a platform "${id}".`])
    }
  })
  it('is for no page of another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await fetch(`${k.sandbox.url}/__control/hubspot/ledger`, { headers })).status).toBe(403)
  })
})
