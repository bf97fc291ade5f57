/** What is counted, and what becomes of it while it cannot be written. */
import { describe, expect, it } from 'vitest'
import { type ErrorCode, MooringError } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { NewAuditEntry } from '../store/audit.ts'
import type { Store } from '../store/store.ts'
import { type CountedDeed, createAudit } from './audit.ts'

/** The one method that the audit calls, in place of a database that comes and goes. */
function openAudit() {
  const written: { workspace: string; entry: NewAuditEntry }[] = []
  const state = { away: false, fault: 'database_unavailable' as ErrorCode, running: 0, most: 0, now: 0, tries: 0 }
  const add = async (workspace: string, entries: readonly NewAuditEntry[]) => {
    state.running += 1
    state.tries += 1
    state.most = Math.max(state.most, state.running)
    await new Promise((done) => setImmediate(done))
    state.running -= 1
    if (state.away) throw new MooringError(state.fault, 'away')
    written.push(...entries.map((entry) => ({ workspace, entry })))
  }
  const logged: string[] = []
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_: object, message: string) => logged.push(message),
  }
  let id = 0
  const runtime = {
    now: () => state.now,
    uuid: () => `id-${id++}`,
    every: () => () => {},
    log,
  } as unknown as Runtime
  const audit = createAudit(runtime, { audit: { add } } as unknown as Store)
  return { audit, written, state, logged }
}

const deed = (parts: Partial<CountedDeed> = {}): CountedDeed => ({
  workspace: 'w',
  action: 'token.read',
  actor: { kind: 'key', id: 'k', name: 'Website' },
  connection: 'c',
  address: '203.0.113.9',
  ...parts,
})
const times = (written: { entry: NewAuditEntry }[]) => written.map(({ entry }) => entry.times)

describe('what is counted', () => {
  it('is kept while the database is away, and written whole afterwards', async () => {
    const { audit, written, state, logged } = openAudit()
    audit.count(deed())
    audit.count(deed())
    state.away = true
    await audit.flush()
    expect(written).toEqual([])
    expect(logged).toEqual(['the audit was not written'])
    audit.count(deed())
    state.away = false
    await audit.flush()
    expect(times(written)).toEqual([3])
    await audit.flush()
    expect(written).toHaveLength(1)
  })

  it('of a workspace that was erased meanwhile is given up, and not tried for ever', async () => {
    const { audit, written, state } = openAudit()
    audit.count(deed())
    Object.assign(state, { away: true, fault: 'internal' })
    await audit.flush()
    state.away = false
    await audit.flush()
    expect(written).toEqual([])
    expect(state.tries).toBe(1)
  })

  it('that is very much is written early, once a minute while that does not help', async () => {
    const { audit, state, written } = openAudit()
    state.away = true
    for (let n = 0; n < 6000; n += 1) audit.count(deed({ connection: `c${n}` }))
    await audit.flush()
    expect(state.tries).toBe(2)
    for (let n = 0; n < 100; n += 1) audit.count(deed({ connection: `d${n}` }))
    expect(state.tries).toBe(2)
    state.away = false
    await audit.flush()
    expect(written.length).toBeGreaterThanOrEqual(5000)
  })

  it('is written by one at a time, however many ask', async () => {
    const { audit, written, state } = openAudit()
    audit.count(deed())
    const first = audit.flush()
    while (state.running === 0) await Promise.resolve()
    audit.count(deed())
    await Promise.all([first, audit.flush(), audit.flush()])
    expect(times(written)).toEqual([1, 1])
    expect(state.most).toBe(1)
  })

  it('is told apart by key, connection, address and outcome; keys of the server by their names', async () => {
    const { audit, written } = openAudit()
    const server = (name: string) => deed({ actor: { kind: 'key', id: 'instance', name } })
    const deeds = [
      deed(),
      deed({ connection: 'd' }),
      deed({ address: '203.0.113.10' }),
      deed({ address: undefined }),
      deed({ refused: 'not_found' }),
      deed({ action: 'platform.called' }),
      server('API key'),
      server('Command line'),
    ]
    for (const one of deeds) audit.count(one)
    await audit.close()
    expect(times(written)).toEqual(deeds.map(() => 1))
    expect(
      written.map(({ entry }) => [entry.outcome, entry.code]).filter(([outcome]) => outcome === 'refused'),
    ).toEqual([['refused', 'not_found']])
  })

  it('holds no key: of who asked it keeps kind, id and name', async () => {
    const { audit, written } = openAudit()
    const actor = { kind: 'key', id: 'k', name: 'Website', secret: 'mk_live_x' }
    audit.count(deed({ actor }))
    await audit.flush()
    expect(JSON.stringify(written)).not.toContain('mk_live_x')
  })

  it('does not grow without end: refusals are as many as a minute may have', async () => {
    const { audit, written, state } = openAudit()
    for (let n = 0; n < 500; n += 1) audit.count(deed({ refused: 'not_found', connection: `c${n}` }))
    await audit.flush()
    expect(written).toHaveLength(60)
    state.now += 60_001
    audit.count(deed({ refused: 'not_found' }))
    await audit.flush()
    expect(written).toHaveLength(61)
  })
})
