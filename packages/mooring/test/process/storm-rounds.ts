/** One round of the random storm: a connection, some expiries under whatever chance brings, and what must hold after each. */
import type { Chance } from '../chance.ts'
import type { Fault } from '../rotating.ts'
import type { Reuse } from '../rotating-provider.ts'
import { type Answer, type Fleet, until } from './storm-fleet.ts'
import { POINTS } from './storm-words.ts'

const HOUR = 3601
const ALLOWED = new Set(['200', '503 failing', '503 database_unavailable', '409 reauthorize', '0 gone'])
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
const word = (one: Answer) => `${one.status} ${one.code ?? ''}`.trim()

export class Broken extends Error {}

export interface Round {
  /** What happened, for who must replay it. */
  story: string[]
  ended: string
}

/** Fails with what happened so far: the same seed brings the same events, but not the same moments. */
export async function playRound(fleet: Fleet, dice: Chance, reuse: Reuse): Promise<Round> {
  const story: string[] = []
  const first = fleet.rotating.requests.length
  try {
    return await play(fleet, dice, reuse, story)
  } catch (error) {
    const asked = fleet.rotating.requests.slice(first).map((one) => JSON.stringify(one))
    throw new Broken([(error as Error).message, ...story, ...asked].join('\n  '), { cause: error })
  }
}

async function play(fleet: Fleet, dice: Chance, reuse: Reuse, story: string[]): Promise<Round> {
  const { rotating } = fleet
  const { id, tokens } = await fleet.connect()
  const first = rotating.requests.length
  // Double use is no harm there, so a lease may run out under its living owner as well.
  const lapses = reuse === 'kept' || reuse === 'allowed'
  let lapsed = false
  let ended = ''
  for (let expiry = 1 + dice.upTo(3); expiry >= 0; expiry -= 1) {
    // Within the margin, where the old token still works, or after its end.
    const living = expiry > 0 && dice.often(0.3)
    await fleet.advance(living ? HOUR - 400 : HOUR)
    const events = expiry === 0 ? [] : Array.from({ length: 1 + dice.upTo(3) }, () => drawn(fleet, dice, lapses))
    story.push(`${living ? 'due' : 'expired'}: ${events.map((one) => one.name).join(', ') || 'nothing'}`)
    await Promise.all(events.map((one) => one.ready?.()))
    const callers = 4 + dice.upTo(40)
    const waves = [
      fleet.storm(id, callers),
      ...(dice.often(0.5) ? [wait(dice.upTo(300)).then(() => fleet.storm(id, callers))] : []),
    ]
    await Promise.all(events.map((one) => one.happen?.()))
    lapsed ||= events.some((one) => one.lapses)
    await calm(fleet)
    const words = new Set((await finished(fleet, waves)).map(word))
    for (const one of words) if (!ALLOWED.has(one)) throw new Broken(`somebody was told ${one}`)
    ended = await settle(fleet, id)
    story.push(`  ${[...words].join(', ')} → ${ended}`)
    check(fleet, { id, reuse, ended, lapsed, first, refreshToken: tokens.refreshToken })
  }
  const row = await fleet.row(id)
  if (row.lease_id !== null) throw new Broken('a lease is left')
  if (row.state !== (ended === '200' ? 'connected' : 'reauthorize')) throw new Broken(`the row says ${row.state}`)
  await known(fleet, id, tokens.refreshToken, reuse)
  return { story, ended }
}

interface Event {
  name: string
  /** Before anybody asks. */
  ready?(): Promise<unknown>
  /** While they ask. */
  happen?(): Promise<unknown>
  lapses?: boolean
}

function drawn(fleet: Fleet, dice: Chance, lapses: boolean): Event {
  const at = dice.upTo(fleet.members.length)
  const member = fleet.members[at]
  const delay = dice.upTo(250)
  const lasting = 20 + dice.upTo(700)
  const kinds = [
    'armed',
    'kill',
    'term',
    'fault',
    'fault',
    'fault',
    'outage',
    'store',
    'store',
    'freeze',
    'severed',
    'ended',
    ...(lapses ? ['lapse'] : []),
  ]
  switch (dice.pick(kinds)) {
    case 'armed': {
      const point = dice.pick(POINTS)
      return {
        name: `${point} kills`,
        // Whoever comes there first.
        ready: () => Promise.all(fleet.members.map((one) => one.arm(point, 'kill'))),
      }
    }
    case 'kill':
      return { name: `kill after ${delay}`, happen: () => wait(delay).then(() => member?.kill()) }
    case 'term':
      return { name: `term after ${delay}`, happen: () => wait(delay).then(() => void member?.process.kill('SIGTERM')) }
    case 'fault': {
      const faults = Array.from({ length: 1 + dice.upTo(2) }, () => faultOf(dice))
      return {
        name: faults
          .map((one) => `${one.kind}${'when' in one ? ` ${one.when}` : ''}${'status' in one ? ` ${one.status}` : ''}`)
          .join(' + '),
        ready: async () => fleet.rotating.faults.push(...faults),
      }
    }
    case 'outage': {
      const long = dice.often(0.5)
      return {
        name: `database away after ${delay} for ${lasting}${long ? ', past the lease' : ''}`,
        happen: async () => {
          await wait(delay)
          await fleet.relay.sever()
          await wait(lasting)
          if (long) {
            // A request is over when its lease is: 20 s and a second try are less than 30 s.
            await until('the platform is idle', () => fleet.rotating.requests.every((one) => one.over))
            await wait(50)
            await fleet.endLease()
          }
          await fleet.relay.mend()
        },
      }
    }
    case 'store': {
      const [alone, long] = [dice.often(0.5), dice.often(0.5)]
      return {
        name: `database away at the store${alone ? ' for its owner alone' : ''} for ${lasting}${long ? ', past the lease' : ''}`,
        ready: () => Promise.all(fleet.members.map((one) => one.arm('before-store', 'hold'))),
        happen: () => awayAtStore(fleet, alone, long, lasting),
      }
    }
    case 'freeze':
      return {
        name: `database silent after ${delay} for ${lasting}`,
        happen: async () => {
          await wait(delay)
          fleet.relay.freeze()
          await wait(lasting)
          fleet.relay.thaw()
        },
      }
    case 'severed':
      return {
        name: `database connections cut after ${delay}`,
        happen: async () => {
          await wait(delay)
          await fleet.relay.sever()
          await fleet.relay.mend()
        },
      }
    case 'ended':
      return {
        name: `database sessions ended after ${delay}`,
        // As a PostgreSQL does that is told to stop: each session hears of it.
        happen: async () => {
          await wait(delay)
          await fleet.database.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'mooring'",
          )
        },
      }
    default:
      return { name: `lease ends after ${delay}`, lapses: true, happen: () => wait(delay).then(() => fleet.endLease()) }
  }
}

/** The worst moment for the database to go: the answer is there, and it is stored nowhere. */
async function awayAtStore(fleet: Fleet, alone: boolean, long: boolean, lasting: number): Promise<void> {
  const owner = () => fleet.members.findIndex((one) => one.stands('before-store'))
  for (const end = performance.now() + 2000; owner() < 0 && performance.now() < end; ) await wait(5)
  const at = owner()
  await Promise.all(fleet.members.map((one) => one.disarm()))
  if (at < 0) return
  const ways = fleet.relays.filter((_, index) => !alone || index === at)
  await Promise.all(ways.map((one) => one.sever()))
  await fleet.members[at]?.release('before-store')
  await wait(lasting)
  if (long) {
    await until('the platform is idle', () => fleet.rotating.requests.every((one) => one.over))
    await fleet.endLease()
    // Its siblings look around for less than they wait for one who may come back.
    if (alone) await wait(200)
  }
  await Promise.all(ways.map((one) => one.mend()))
}

function faultOf(dice: Chance): Fault {
  const when = dice.pick(['before', 'after'] as const)
  switch (dice.upTo(3)) {
    case 0:
      return { kind: 'late', when, ms: dice.upTo(500) }
    case 1:
      return { kind: 'cut', when }
    default:
      return {
        kind: 'status',
        when,
        status: dice.pick([429, 500, 502, 503] as const),
        ...(dice.often(0.3) ? { retryAfter: 5 } : {}),
      }
  }
}

/** Everything works again: the dead are replaced, the database is there, nothing is armed. */
async function calm(fleet: Fleet): Promise<void> {
  await fleet.relay.mend()
  fleet.relay.thaw()
  fleet.rotating.faults.length = 0
  await Promise.all(fleet.members.map((one) => one.disarm()))
  await Promise.all(fleet.members.map((one) => one.release('before-store')))
  await Promise.all(
    fleet.members.map((one, at) =>
      one.process.killed || one.over() ? one.ended.then(() => fleet.respawn(at)) : undefined,
    ),
  )
}

/** The answers of all waves; what the dead held is let go meanwhile, as its 30 seconds would. */
async function finished(fleet: Fleet, waves: Promise<Answer[]>[]): Promise<Answer[]> {
  let over = false
  const answers = Promise.all(waves).finally(() => {
    over = true
  })
  while (!over) {
    await release(fleet)
    await Promise.race([answers, wait(100)])
  }
  return (await answers).flat()
}

async function release(fleet: Fleet): Promise<void> {
  // A request of a dead process can still be at work at the platform; it is not any more after 30 seconds.
  await until('the platform is idle', () => fleet.rotating.requests.every((one) => one.over))
  await fleet.endLease(true)
}

/** Callers come again, and clocks move on as the back-off wants, until all processes say the same. Bounded. */
async function settle(fleet: Fleet, id: string): Promise<string> {
  let said: string[] = []
  for (let tries = 1; tries <= 25; tries += 1) {
    let answers = await finished(fleet, [fleet.storm(id, fleet.members.length * 2)])
    // Who heard that a grant is over writes it down as soon as its database is back: until then nobody else can know.
    for (let patience = 40; patience > 0 && answers.some((one) => isDead(fleet, one)); patience -= 1) {
      await wait(250)
      answers = await finished(fleet, [fleet.storm(id, fleet.members.length * 2)])
    }
    said = [...new Set(answers.map(word))]
    if (said.length === 1 && (said[0] === '200' || said[0] === '409 reauthorize')) {
      const tokens = new Set(answers.map((one) => one.accessToken))
      if (tokens.size === 1) {
        if (answers.some((one) => isDead(fleet, one)))
          throw new Broken('a token is handed out that the platform does not take')
        return said[0] ?? ''
      }
    }
    await fleet.advance(30 * tries)
  }
  throw new Broken(`the processes do not agree: ${said.join(', ')}`)
}

/** A token that the platform does not take, where somebody alive has heard so. */
const isDead = (fleet: Fleet, { accessToken: token }: Answer): boolean =>
  token !== undefined && !fleet.rotating.takes(token) && !nobodyKnows(fleet, token)

/**
 * The last answer about this grant came to nobody, or to one who was killed with it in hand: nobody alive can know that it is
 * over. They find out when the old token ends, or when a platform answers 401.
 */
function nobodyKnows({ rotating, members }: Fleet, token: string): boolean {
  const grant = rotating.grantOf(token)
  const last = rotating.requests.findLast((one) => rotating.grantOf(one.refreshToken) === grant)
  if (!last?.delivered) return last !== undefined
  return last.error === 'invalid_grant' && !members.some((one) => one.name === last.from)
}

interface Facts {
  id: string
  reuse: Reuse
  ended: string
  lapsed: boolean
  first: number
  refreshToken: string
}

function check(fleet: Fleet, facts: Facts): void {
  const { rotating } = fleet
  const living = new Set(fleet.members.map((one) => one.name))
  const grant = rotating.grantOf(facts.refreshToken)
  if (facts.ended === '409 reauthorize') {
    if (facts.reuse === 'kept' || facts.reuse === 'allowed')
      throw new Broken('a person was asked where nothing was lost')
    if (facts.reuse === 'kills' && grant?.alive) throw new Broken('a living grant was given up')
  }
  if (facts.lapsed) return
  const mine = rotating.requests.slice(facts.first)
  for (const [at, one] of mine.entries()) {
    if (!mine.some((later, index) => index > at && later.refreshToken === one.refreshToken)) continue
    const lost = !one.delivered || one.status === 0 || one.status === 429 || one.status >= 500 || !living.has(one.from)
    if (!lost)
      throw new Broken(
        `a refresh token was sent again after ${one.from} had the answer ${one.status} (request ${one.n})`,
      )
  }
}

/** What the history says: nobody was asked to reconnect while the grant lived. */
async function known(fleet: Fleet, id: string, refreshToken: string, reuse: Reuse): Promise<void> {
  const told = await fleet.database.query(
    "select type from mooring.events where connection_id = $1 and type = 'connection.reauthorize'",
    [id],
  )
  const alive = fleet.rotating.grantOf(refreshToken)?.alive === true
  if (told.length > 0 && alive && reuse !== 'refused')
    throw new Broken('the history says reauthorize of a living grant')
}
