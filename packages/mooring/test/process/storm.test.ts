/** Once, everywhere: four servers on one PostgreSQL, and whatever can happen between a refresh request and its answer's place in the row. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../rotating.ts'
import { type Answer, type Fleet, type Member, startFleet, until } from './storm-fleet.ts'
import type { Point } from './storm-words.ts'

const HOUR = 3601
const CALLERS = 200
const SOME = 60

const statuses = (answers: readonly Answer[]) => [
  ...new Set(answers.map((one) => `${one.status} ${one.code ?? ''}`.trim())),
]
const tokensOf = (answers: readonly Answer[]) => [...new Set(answers.map((one) => one.accessToken))]
/** Reads of each member: who has asked has read. */
const reads = (fleet: Fleet) => Promise.all(fleet.members.map(async (one) => (await one.counters()).reads))
const pauses = (fleet: Fleet) => Promise.all(fleet.members.map(async (one) => (await one.counters()).pauses))

/** Everybody gets this one living token, now and from every process. */
async function agree(fleet: Fleet, id: string, answers: readonly Answer[]): Promise<void> {
  expect(statuses(answers)).toEqual(['200'])
  const tokens = tokensOf(answers)
  expect(tokens).toHaveLength(1)
  expect(fleet.rotating.takes(tokens[0] ?? '')).toBe(true)
  const after = await fleet.storm(id, fleet.members.length)
  expect([statuses(after), tokensOf(after)]).toEqual([['200'], tokens])
  expect(await fleet.row(id)).toMatchObject({ state: 'connected', lease_id: null, failures: 0 })
}

/** Every process says that only the person can help, with the sentence for it, and nobody asks the platform again. */
async function ended(fleet: Fleet, id: string): Promise<void> {
  const asked = fleet.rotating.requests.length
  const before = await pauses(fleet)
  const answers = await fleet.storm(id, 40)
  expect(statuses(answers)).toEqual(['409 reauthorize'])
  for (const { body } of answers) {
    expect(body).toMatchObject({
      detail: 'Storm ended our access. Reconnect to go on.',
      providerCode: 'invalid_grant',
    })
  }
  expect(await pauses(fleet)).toEqual(before)
  expect(fleet.rotating.requests).toHaveLength(asked)
  expect(await fleet.row(id)).toMatchObject({ state: 'reauthorize', lease_id: null })
}

/** So many callers at all members but the first, and all of them in line: every process waits for another's lease. */
async function inLine(fleet: Fleet, id: string, callers: number) {
  const others = fleet.members.map((_, at) => at).slice(1)
  const [before, counted] = [await pauses(fleet), await reads(fleet)]
  const asking = fleet.storm(id, callers, others)
  await until('the others wait', async () => {
    const [now, read] = [await pauses(fleet), await reads(fleet)]
    return others.every(
      (at) => (now[at] ?? 0) > (before[at] ?? 0) && (read[at] ?? 0) - (counted[at] ?? 0) > callers / others.length,
    )
  })
  return { answers: asking }
}

async function refill(fleet: Fleet): Promise<void> {
  await Promise.all(fleet.members.map(async (one, at) => (one.over() ? fleet.respawn(at) : one.disarm())))
  await fleet.relay.mend()
  fleet.relay.thaw()
  fleet.rotating.faults.length = 0
  fleet.rotating.always = undefined
  fleet.rotating.requests.length = 0
}

describe('where a refresh token is good for one use and its reuse ends the grant', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet({ reuse: 'kills' })
  })
  afterAll(() => fleet?.stop())
  afterEach(() => refill(fleet))

  const expired = async () => {
    const { id, tokens } = await fleet.connect()
    await fleet.advance(HOUR)
    return { id, old: tokens }
  }
  const requests = () => fleet.rotating.requests
  const hold = (when: 'before' | 'after'): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    fleet.rotating.faults.push({ kind: 'hold', when, until: promise } satisfies Fault)
    return resolve
  }
  /** One member makes the refresh and comes to this point; then callers ask at all the others. */
  const ownerAt = async (id: string, point: Point, action: 'kill' | 'hold', callers = CALLERS) => {
    const [owner] = fleet.members as [Member]
    await owner.arm(point, action)
    const first = fleet.ask(id, 0)
    if (action === 'hold') await owner.reached(point)
    else await owner.ended
    const { answers: asking } = await inLine(fleet, id, callers)
    return { owner, first, asking }
  }

  it('200 callers at once make one request and get one living token', async () => {
    const { id, old } = await expired()
    const release = hold('after')
    const before = await reads(fleet)
    const asking = fleet.storm(id, CALLERS)
    await until('all have asked', async () =>
      (await reads(fleet)).every((one, at) => one >= (before[at] ?? 0) + CALLERS / 4),
    )
    release()
    const answers = await asking
    await agree(fleet, id, answers)
    expect(requests().map((one) => one.refreshToken)).toEqual([old.refreshToken])
    expect(tokensOf(answers)).not.toContain(old.accessToken)
  })

  it('nobody waits longer than one poll after the new token is stored', async () => {
    const { id } = await expired()
    const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold')
    await owner.arm('after-store', 'hold')
    await owner.release('before-store')
    await owner.reached('after-store')
    // Stored, and its owner stands still: the others are served all the same.
    const at = await pauses(fleet)
    const answers = await asking
    const then = await pauses(fleet)
    for (const [one, before] of at.entries()) expect((then[one] ?? 0) - before).toBeLessThanOrEqual(1)
    await owner.release('after-store')
    await agree(fleet, id, [...answers, await first])
    expect(requests()).toHaveLength(1)
  })

  it('an owner killed before it sends is replaced when its lease ends: one request in all', async () => {
    const { id } = await expired()
    const { first, asking } = await ownerAt(id, 'before-sending', 'kill')
    expect((await first).status).toBe(0)
    expect(requests()).toHaveLength(0)
    await fleet.endLease()
    const answers = await asking
    await fleet.respawn(0)
    await agree(fleet, id, answers)
    expect(requests()).toHaveLength(1)
  })

  it.each(['after-sending', 'before-store'] as const)(
    'an owner killed %s: the spent token is sent once more, and all hear the same honest end',
    async (point) => {
      const { id, old } = await expired()
      const { asking } = await ownerAt(id, point, 'kill')
      expect(requests()).toHaveLength(1)
      await fleet.endLease()
      expect(statuses(await asking)).toEqual(['409 reauthorize'])
      expect(requests().map((one) => one.refreshToken)).toEqual([old.refreshToken, old.refreshToken])
      await fleet.respawn(0)
      await ended(fleet, id)
    },
  )

  it('an owner killed after storing: nothing is lost', async () => {
    const { id } = await expired()
    const [owner] = fleet.members as [Member]
    await owner.arm('after-store', 'kill')
    const first = fleet.ask(id, 0)
    await owner.ended
    expect((await first).status).toBe(0)
    await fleet.respawn(0)
    await agree(fleet, id, await fleet.storm(id, SOME))
    expect(requests()).toHaveLength(1)
  })

  it('an access token that lives is served on, and what may be spent is not tried before its end', async () => {
    const { id, tokens } = await fleet.connect()
    await fleet.advance(HOUR - 300)
    const [owner] = fleet.members as [Member]
    await owner.arm('before-store', 'kill')
    const first = fleet.ask(id, 0)
    await owner.ended
    expect((await first).status).toBe(0)
    await fleet.endLease()
    const at = await pauses(fleet)
    const answers = await fleet.storm(id, SOME, [1, 2, 3])
    expect([statuses(answers), tokensOf(answers)]).toEqual([['200'], [tokens.accessToken]])
    expect(await pauses(fleet)).toEqual(at)
    expect(requests()).toHaveLength(1)
    expect(fleet.rotating.takes(tokens.accessToken)).toBe(true)
    await fleet.advance(600)
    expect(statuses(await fleet.storm(id, 40, [1, 2, 3]))).toEqual(['409 reauthorize'])
    expect(requests()).toHaveLength(2)
  })

  it('an owner killed with the platform’s no in its hand: the old token is served to its end, then one more request says it', async () => {
    const { id, tokens } = await fleet.connect()
    await fleet.advance(HOUR - 400)
    const [owner] = fleet.members as [Member]
    // The answer that was lost spent the token, and the second try ended the grant: only the owner heard of it.
    fleet.rotating.faults.push({ kind: 'cut', when: 'after' })
    await owner.arm('before-store', 'kill')
    await fleet.ask(id, 0)
    await owner.ended
    expect(requests().map((one) => one.error)).toEqual([undefined, 'invalid_grant'])
    await fleet.endLease()
    await fleet.respawn(0)
    const meanwhile = await fleet.storm(id, SOME)
    expect([statuses(meanwhile), tokensOf(meanwhile)]).toEqual([['200'], [tokens.accessToken]])
    expect(requests()).toHaveLength(2)
    await fleet.advance(HOUR)
    expect(statuses(await fleet.storm(id, SOME))).toEqual(['409 reauthorize'])
    expect(requests()).toHaveLength(3)
    await ended(fleet, id)
  })

  it('and before its end, where the platform answers a proxied call with 401: one more request says it then', async () => {
    const { id } = await fleet.connect()
    await fleet.advance(HOUR - 400)
    const [owner, sibling] = fleet.members as [Member, Member]
    fleet.rotating.faults.push({ kind: 'cut', when: 'after' })
    await owner.arm('before-store', 'kill')
    await fleet.ask(id, 0)
    await owner.ended
    await fleet.endLease()
    await fleet.respawn(0)
    const calls = await Promise.all(Array.from({ length: 20 }, () => fleet.proxied(id, fleet.members.indexOf(sibling))))
    // The platform's own answer, since there is no better one.
    expect([...new Set(calls)]).toEqual([401])
    expect(requests()).toHaveLength(3)
    await ended(fleet, id)
  })

  it('an answer that comes after the lease ran out is stored if nobody else was first', async () => {
    const { id } = await expired()
    const release = hold('after')
    const first = fleet.ask(id, 0)
    await until('the platform has the request', () => requests().length === 1)
    const { answers: asking } = await inLine(fleet, id, SOME)
    await fleet.endLease()
    release()
    await agree(fleet, id, [await first, ...(await asking)])
    expect(requests()).toHaveLength(1)
  })

  it('an answer that comes after a sibling was refused with the same token does not pass for a living one', async () => {
    const { id } = await expired()
    const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold')
    await fleet.endLease()
    expect(statuses(await asking)).toEqual(['409 reauthorize'])
    await owner.release('before-store')
    expect(await first).toMatchObject({ status: 409, code: 'reauthorize' })
    await ended(fleet, id)
    expect(requests()).toHaveLength(2)
  })

  it('an answer that is stored while a sibling has sent the same token does not pass for a living one either', async () => {
    const { id } = await expired()
    const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold', SOME)
    const release = hold('after')
    await fleet.endLease()
    await until('a sibling sent it again', () => requests()[1]?.worked === true)
    await owner.release('before-store')
    await until('it is stored', async () => (await fleet.row(id)).token_version === '2')
    release()
    await Promise.all([first, asking])
    await until('all is said', async () => (await fleet.row(id)).state === 'reauthorize')
    await ended(fleet, id)
    expect(requests()).toHaveLength(2)
  })

  it('a failed answer that comes after a sibling took over says nothing', async () => {
    const { id } = await expired()
    const { promise, resolve } = Promise.withResolvers<void>()
    // Held before it worked, and then lost: an outage at one of the platform's machines.
    fleet.rotating.faults.push({ kind: 'hold', when: 'before', until: promise.then(() => Promise.reject(new Error())) })
    const first = fleet.ask(id, 0)
    await until('the platform has the request', () => requests().length === 1)
    const { answers: asking } = await inLine(fleet, id, SOME)
    await fleet.endLease()
    const answers = await asking
    // The second try of the first one meets what the platform says now; it is refused, and a sibling won.
    fleet.rotating.always = { kind: 'status', when: 'before', status: 503 }
    resolve()
    answers.push(await first)
    fleet.rotating.always = undefined
    await agree(fleet, id, answers)
  })

  it('a failure that comes while a sibling is at it is not written down', async () => {
    const { id } = await expired()
    const failing = Promise.withResolvers<void>()
    const holding = Promise.withResolvers<void>()
    const lost: Fault = { kind: 'hold', when: 'before', until: failing.promise.then(() => Promise.reject(new Error())) }
    fleet.rotating.faults.push(lost, { kind: 'hold', when: 'after', until: holding.promise })
    const [owner] = fleet.members as [Member]
    const first = fleet.ask(id, 0)
    await until('the platform has the request', () => requests().length === 1)
    const { answers: asking } = await inLine(fleet, id, SOME)
    await fleet.endLease()
    await until('a sibling asked', () => requests().length === 2)
    fleet.rotating.always = { kind: 'status', when: 'before', status: 503 }
    failing.resolve()
    await until(
      'the first one heard twice that it failed',
      () => requests().filter((one) => one.from === owner.name && one.over).length === 2,
    )
    expect((await first).status).toBe(503)
    expect(await fleet.row(id)).toMatchObject({ state: 'connected', failures: 0 })
    fleet.rotating.always = undefined
    holding.resolve()
    await agree(fleet, id, await asking)
    const told = await fleet.database.query('select type from mooring.events where connection_id = $1', [id])
    expect(told).toEqual([{ type: 'connection.refreshed' }])
  })

  it('a caller that goes away aborts nothing', async () => {
    const { id } = await expired()
    const release = hold('before')
    const gone = new AbortController()
    const asking = Array.from({ length: 20 }, (_, at) => fleet.ask(id, at % 4, gone.signal))
    await until('the platform has the request', () => requests().length === 1)
    gone.abort()
    expect(statuses(await Promise.all(asking))).toEqual(['0 gone'])
    release()
    await until('it is stored', async () => (await fleet.row(id)).token_version === '2')
    await agree(fleet, id, await fleet.storm(id, SOME))
    expect(requests()).toHaveLength(1)
  })

  describe('the database goes away between the answer and the store', () => {
    it('and returns after the lease: who holds the new tokens stores them, and nobody sends the spent one', async () => {
      const { id } = await expired()
      const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold')
      await fleet.relay.sever()
      await owner.release('before-store')
      // Who asked the one that has it gets it, stored or not; who asked another is told to come again.
      const served = await first
      expect(served.status).toBe(200)
      expect(fleet.rotating.takes(served.accessToken ?? '')).toBe(true)
      expect(statuses(await asking)).toEqual(['503 database_unavailable'])
      const kept = (await owner.counters()).pauses
      await until('it tried often', async () => (await owner.counters()).pauses > kept + 20)
      await fleet.relay.mend()
      const answers = await fleet.storm(id, SOME, [1, 2, 3])
      await agree(fleet, id, [served, ...answers])
      expect(requests()).toHaveLength(1)
      const told = (await owner.lines()).filter((one) => /answer of a platform/.test(one.message))
      expect(told.map((one) => one.level)).toEqual(['error', 'info'])
    })

    it('for the one that has the new tokens alone: its siblings find a left lease, and let it come back', async () => {
      const { id } = await expired()
      const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold', SOME)
      await fleet.relays[0]?.sever()
      await owner.release('before-store')
      const served = await first
      await fleet.endLease()
      const at = await pauses(fleet)
      await until('the others saw that the lease was left', async () =>
        (await pauses(fleet)).every((now, one) => one === 0 || now > (at[one] ?? 0) + 3),
      )
      await fleet.relays[0]?.mend()
      await agree(fleet, id, [served, ...(await asking)])
      expect(requests()).toHaveLength(1)
    })

    it('or refuses to write: the same', async () => {
      const { id } = await expired()
      const { owner, first, asking } = await ownerAt(id, 'before-store', 'hold', SOME)
      const [role] = await fleet.database.query<{ name: string }>(
        "select distinct grantee as name from information_schema.role_table_grants where table_name = 'connections' and grantee like 'mooring_app%'",
      )
      await fleet.database.query(`revoke update on mooring.connections from ${role?.name}`)
      await owner.release('before-store')
      const served = await first
      const at = (await owner.counters()).pauses
      await until('it tries on', async () => (await owner.counters()).pauses > at + 3)
      await fleet.database.query(`grant update on mooring.connections to ${role?.name}`)
      await agree(fleet, id, [served, ...(await asking)])
      expect(requests()).toHaveLength(1)
    })

    it('without a word: the same', async () => {
      const { id } = await expired()
      const { owner, first } = await ownerAt(id, 'before-store', 'hold')
      fleet.relay.freeze()
      await owner.release('before-store')
      const kept = (await owner.counters()).pauses
      await until('it tries again', async () => (await owner.counters()).pauses > kept + 2)
      await fleet.relay.sever()
      await fleet.endLease()
      fleet.relay.thaw()
      await fleet.relay.mend()
      const answers = await fleet.storm(id, 40, [1, 2, 3])
      await agree(fleet, id, [await first, ...answers])
      expect(requests()).toHaveLength(1)
    })

    it('and the server is told to end: it ends when the tokens are stored', async () => {
      const { id } = await expired()
      const { owner, asking } = await ownerAt(id, 'before-store', 'hold')
      await fleet.relay.sever()
      owner.process.kill('SIGTERM')
      await owner.release('before-store')
      await asking
      const tried = (await owner.counters()).pauses
      await until('it tries on', async () => (await owner.counters()).pauses > tried + 5)
      expect(owner.over()).toBe(false)
      await fleet.endLease()
      await fleet.relay.mend()
      expect(await owner.ended).toEqual({ code: 0, signal: null })
      await fleet.respawn(0)
      await agree(fleet, id, await fleet.storm(id, SOME))
      expect(requests()).toHaveLength(1)
    })
  })

  it('a refused answer that could not be written down is not asked for again', async () => {
    const { id, old } = await expired()
    const grant = fleet.rotating.grantOf(old.refreshToken)
    if (grant) grant.alive = false
    const { owner, asking } = await ownerAt(id, 'after-sending', 'hold')
    await fleet.relay.sever()
    await owner.release('after-sending')
    await asking
    const tried = (await owner.counters()).pauses
    await until('it tries on', async () => (await owner.counters()).pauses > tried + 5)
    await fleet.endLease()
    await fleet.relay.mend()
    expect(statuses(await fleet.storm(id, 40, [1, 2, 3]))).toEqual(['409 reauthorize'])
    await ended(fleet, id)
    expect(requests()).toHaveLength(1)
  })

  it('SIGTERM in the middle of a refresh: the process ends after the answer is stored', async () => {
    const { id } = await expired()
    const release = hold('after')
    const gone = new AbortController()
    const [owner] = fleet.members as [Member]
    void fleet.ask(id, 0, gone.signal)
    await until('the platform has the request', () => requests().length === 1)
    // Nobody waits for it any more, so that no open request holds the process.
    gone.abort()
    owner.process.kill('SIGTERM')
    const { answers: asking } = await inLine(fleet, id, SOME)
    expect(owner.over()).toBe(false)
    release()
    expect(await owner.ended).toEqual({ code: 0, signal: null })
    await fleet.respawn(0)
    await agree(fleet, id, await asking)
    expect(requests()).toHaveLength(1)
  })
})

describe.each(['kept', 'allowed'] as const)('where a second use of a refresh token is no harm (%s)', (reuse) => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet({ reuse })
  })
  afterAll(() => fleet?.stop())
  afterEach(() => refill(fleet))

  it.each(['before-sending', 'after-sending', 'before-store'] as const)(
    'an owner killed %s: it heals with one request more, and all get the same token',
    async (point) => {
      const { id } = await fleet.connect()
      await fleet.advance(HOUR)
      const [owner] = fleet.members as [Member]
      await owner.arm(point, 'kill')
      void fleet.ask(id, 0)
      await owner.ended
      const sent = fleet.rotating.requests.length
      const { answers: asking } = await inLine(fleet, id, SOME)
      await fleet.endLease()
      const answers = await asking
      await fleet.respawn(0)
      await agree(fleet, id, answers)
      expect(fleet.rotating.requests).toHaveLength(sent + 1)
    },
  )

  it('a left lease is taken over by hand while the access token lives', async () => {
    const { id, tokens } = await fleet.connect()
    await fleet.advance(HOUR - 300)
    const [owner] = fleet.members as [Member]
    await owner.arm('before-store', 'kill')
    void fleet.ask(id, 0)
    await owner.ended
    await fleet.endLease()
    const sent = fleet.rotating.requests.length
    expect(await fleet.renew(id, 1)).toBe(200)
    await fleet.respawn(0)
    const answers = await fleet.storm(id, SOME)
    await agree(fleet, id, answers)
    expect(tokensOf(answers)).not.toContain(tokens.accessToken)
    expect(fleet.rotating.requests).toHaveLength(sent + 1)
  })

  it('an answer that comes after a sibling took over and won: nobody is disconnected', async () => {
    const { id } = await fleet.connect()
    await fleet.advance(HOUR)
    const [owner] = fleet.members as [Member]
    await owner.arm('before-store', 'hold')
    const first = fleet.ask(id, 0)
    await owner.reached('before-store')
    const { answers: asking } = await inLine(fleet, id, SOME)
    await fleet.endLease()
    const answers = await asking
    await owner.release('before-store')
    await agree(fleet, id, [...answers, await first])
    expect(fleet.rotating.requests).toHaveLength(2)
  })
})
