/** Letters about what happened: gathered for a minute, one for each member and workspace, tried again while the mail server is away. */
import { isMooringError } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { EventRow } from '../store/events.ts'
import type { Member } from '../store/members.ts'
import type { LettersDue } from '../store/notifications.ts'
import type { Store } from '../store/store.ts'
import { wantsLetter } from './kinds.ts'

export interface LetterOptions {
  runtime: Runtime
  store: Store
  baseUrl: string
  /** Throws where a letter was not taken. Undefined: no letters are set up. */
  send: ((to: string, subject: string, text: string) => Promise<void>) | undefined
}

const MINUTE = 60_000
/** Longer than a letter to each member may take. */
const LEASE_MS = 10 * MINUTE
/** With the pauses between them two days. */
const MOST_TRIES = 12
const LONGEST_PAUSE_MS = 360 * MINUTE
const pauseAfter = (tries: number): number => Math.min(10 * MINUTE * 2 ** (tries - 1), LONGEST_PAUSE_MS)
/** In one go; what is left waits for the next. */
const GO_MS = 20_000

/** Sends what is due. Answers with how many letters went out. */
export async function sendLetters(options: LetterOptions): Promise<number> {
  const { runtime } = options
  let sent = 0
  const until = runtime.now() + GO_MS
  for (let now = runtime.now(); now < until; now = runtime.now()) {
    const due = await options.store.letters.take(new Date(now), new Date(now + LEASE_MS))
    if (!due) return sent
    sent += await tell(options, due)
  }
  return sent
}

async function tell(options: LetterOptions, due: LettersDue): Promise<number> {
  const { store, runtime, send } = options
  const { notifications } = store
  const letters = send ? await lettersOf(options, due) : []
  let sent = 0
  for (const { to, subject, text } of letters) {
    try {
      await send?.(to, subject, text)
      sent += 1
    } catch (error) {
      const fault = isMooringError(error) ? error.detail : undefined
      runtime.log.warn(
        { workspace: due.workspace, fault, tries: due.tries },
        'a letter about what happened was not sent',
      )
    }
  }
  // As long as none went out the mail server is away, and all of it is tried again, later each time. Once some did, one who
  // cannot be reached must not bring the others the same letter again.
  const away = letters.length > 0 && sent === 0
  if (away && due.tries < MOST_TRIES) {
    const until = new Date(runtime.now() + pauseAfter(due.tries))
    await notifications.postponeLetters(due.workspace, due.events, until)
    return sent
  }
  if (away) runtime.log.error({ workspace: due.workspace }, 'a letter about what happened is given up')
  await notifications.dropLetters(due.workspace, due.events)
  return sent
}

interface Letter {
  to: string
  subject: string
  text: string
}

async function lettersOf({ store, baseUrl }: LetterOptions, due: LettersDue): Promise<Letter[]> {
  const workspace = await store.workspaces.byId(due.workspace)
  if (!workspace) return []
  const [events, members, choices] = await Promise.all([
    store.notifications.eventsOf(workspace.id, due.events),
    store.members.list(workspace.id),
    store.notifications.choices(workspace.id),
  ])
  return members.flatMap((member: Member) => {
    const told = events.filter((event) => wantsLetter(event.type, member, choices))
    if (member.email === null || told.length === 0) return []
    return [{ to: member.email, ...letterAbout(told, workspace.name, baseUrl) }]
  })
}

/** Pure. Exported for its tests. */
export function letterAbout(events: readonly EventRow[], workspace: string, baseUrl: string): Omit<Letter, 'to'> {
  const needs = events.filter(
    (one) => one.type === 'connection.reauthorize' || one.type === 'connection.expiring',
  ).length
  const posts = events.filter((one) => one.delivery_id !== null).length
  const what =
    needs === 0 && posts > 0
      ? posts === 1
        ? 'A post needs you'
        : `${posts} posts need you`
      : needs === 1
        ? 'A connection needs you'
        : needs > 1
          ? `${needs} connections need you`
          : 'What happened with your accounts'
  const lines = events.map((one) => {
    const where =
      one.delivery_id !== null ? '/posts?view=attention' : one.connection_id && `/accounts/${one.connection_id}`
    const link = where === null ? '' : `\n  ${baseUrl}${where}`
    return `* ${one.message}${link}`
  })
  return {
    subject: `${what}: ${workspace}`.replaceAll(/[\r\n]/g, ' '),
    text: `In the workspace "${workspace}":\n\n${lines.join('\n\n')}\n\nWhich letters you get: ${baseUrl}/settings/notifications\n`,
  }
}
