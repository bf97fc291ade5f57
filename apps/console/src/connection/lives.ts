import { type Connection, DAY, isOurs } from '@mooring/react'

/** One thing of a connection that lasts for a time. */
export interface Life {
  id: 'access' | 'renewal' | 'data'
  title: string
  /** What its end means. */
  note: string
  from: string
  /** Null: not known, or none. */
  end: string | null
  /** How much of it is over now, 0 to 1. Without an end nobody knows: undefined. */
  spent: number | undefined
  /** Where it is renewed by itself: the time, and as a share of the line. */
  renews: { at: string; share: number } | undefined
  tone: 'bad' | 'warn' | 'plain'
  /** It is over, or the platform takes it no more. */
  over: boolean
}

type Known = Pick<Life, 'id' | 'title' | 'note' | 'from' | 'end'>

/** Access, renewal and consent, as far as there is each. Pure. */
export function livesOf(connection: Connection, name: string, now: number): Life[] {
  if (connection.state === 'disconnected') return []
  return [access(connection, name, now), renewal(connection, name, now), data(connection, name, now)].filter(
    (one) => one !== undefined,
  )
}

function access(connection: Connection, name: string, now: number): Life {
  const { state, renewable, accessTokenExpiresAt: end, lastRefreshedAt, renewsAt } = connection
  const known: Known = {
    id: 'access',
    title: 'Access',
    note: accessNote(connection, name),
    from: since(connection),
    end,
  }
  if (lastRefreshedAt !== null) known.from = lastRefreshedAt
  // Whatever was promised, it ended when the platform said so.
  if (state === 'reauthorize') {
    return { ...life({ ...known, end: connection.problem?.since ?? end }, now, true), tone: 'bad', over: true }
  }
  const byItself = renewable && !isOurs(connection) && !isLast(connection)
  const line = life(known, now, !byItself)
  if (!byItself || renewsAt === null) return line
  const share = shareOf(known, Date.parse(renewsAt))
  return share === undefined ? line : { ...line, renews: { at: renewsAt, share } }
}

function accessNote(connection: Connection, name: string): string {
  const { state, health, renewable, accessTokenExpiresAt } = connection
  if (state === 'reauthorize') return `${name} takes it no more.`
  if (health.reason === 'refresh_refused') return `${name} does not renew it any more.`
  if (isOurs(connection)) return 'It renews again once the operator has mended this.'
  if (state === 'failing') return 'Renewing is tried again and again.'
  if (renewable) return isLast(connection) ? 'Ends with the renewal.' : 'Renews itself before it ends.'
  return accessTokenExpiresAt === null ? 'Its end is not known.' : 'Nothing renews it.'
}

function renewal(connection: Connection, name: string, now: number): Life | undefined {
  const { state, renewable, health, problem, refreshTokenExpiresAt: end } = connection
  if (state === 'reauthorize') return undefined
  const known = { id: 'renewal', title: 'Renewal', from: since(connection) } as const
  if (health.reason === 'refresh_refused') {
    const ended = problem?.since ?? null
    return { ...life({ ...known, end: ended, note: `${name} ended it.` }, now, true), tone: 'bad', over: true }
  }
  if (!renewable) return undefined
  const note = end === null ? 'No end is known.' : 'Until then nobody is needed.'
  return life({ ...known, end, note }, now, true)
}

function data(connection: Connection, name: string, now: number): Life | undefined {
  const { state, dataAccessEndsAt: end } = connection
  if (end === null || state === 'reauthorize') return undefined
  return life(
    { id: 'data', title: 'Data access', note: `${name} asks for a new consent then.`, from: since(connection), end },
    now,
    true,
  )
}

/** Some platforms cut an access at the end of what it is renewed with: then renewing makes it no longer. */
const isLast = ({ accessTokenExpiresAt: access, refreshTokenExpiresAt: refresh }: Connection): boolean =>
  access !== null && refresh !== null && Date.parse(refresh) - Date.parse(access) < 60_000

const since = ({ connectedAt, createdAt }: Connection): string => connectedAt ?? createdAt

/** `matters`: its end needs a person, so it is amber from 30 days before and red from 7. */
function life(known: Known, now: number, matters: boolean): Life {
  const end = known.end === null ? undefined : Date.parse(known.end)
  const days = end === undefined ? Number.POSITIVE_INFINITY : (end - now) / DAY
  const over = days <= 0
  const tone = over || (matters && days <= 7) ? 'bad' : matters && days <= 30 ? 'warn' : 'plain'
  return { ...known, spent: shareOf(known, now), renews: undefined, tone, over }
}

/** A time's place between beginning and end. */
function shareOf({ from, end }: Pick<Life, 'from' | 'end'>, at: number): number | undefined {
  if (end === null) return undefined
  const [begins, ends] = [Date.parse(from), Date.parse(end)]
  return ends <= begins ? 1 : Math.min(1, Math.max(0, (at - begins) / (ends - begins)))
}
