/**
 * One Mooring a folder. The lock is a file that names its holder; it comes into being by link(2), which either makes
 * it whole or fails, so that nobody ever reads half a lock. Node has no flock, and the file lock of SQLite needs a
 * newer Node than the published package asks for.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Identity, judge, ourIdentity, startOf } from './process.ts'

export interface Claim extends Identity {
  nonce: string
}

export interface Lock {
  nonce: string
  release(): void
}

/** The holder renews the file's time this often; one that cannot be looked at is dead when it has missed three in a row. */
const HEARTBEAT_MS = 4_000
const MISSED_MS = 3 * HEARTBEAT_MS + 1_000
const DRAFT_LIFE_MS = 60_000

/** Takes the lock, or says who has it. A lock whose holder is dead is taken over. */
export async function takeLock(path: string): Promise<Lock | { holder: Claim }> {
  const claim: Claim = { ...ourIdentity(), nonce: randomUUID() }
  const draft = `${path}.${claim.nonce}`
  writeFileSync(draft, `${JSON.stringify(claim)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    const holder = await seize(path, draft, claim)
    if (holder) return { holder }
  } finally {
    rmSync(draft, { force: true })
  }
  removeOldDrafts(path)
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    nonce: claim.nonce,
    release() {
      clearInterval(heartbeat)
      if (readClaim(path)?.nonce === claim.nonce) unlinkSync(path)
    },
  }
}

/** The living holder of a lock, if it has one. */
export async function holderOf(path: string): Promise<Claim | undefined> {
  const claim = readClaim(path)
  return claim && (await isDead(path, claim, ourIdentity())) ? undefined : claim
}

/**
 * A dead holder's lock is removed under a second lock named after it, and only if it is still there. Without that, of
 * two that judged the same lock dead, the slower would remove the new lock of the faster. Who dies while holding the
 * second lock is in turn removed under a third, by the same rule.
 */
async function seize(path: string, draft: string, claim: Claim): Promise<Claim | undefined> {
  for (;;) {
    try {
      linkSync(draft, path)
      return undefined
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
    const holder = readClaim(path)
    if (!holder) continue // released between the two looks
    if (!(await isDead(path, holder, claim))) return holder
    const remover = `${path}.dead-${holder.nonce.slice(0, 8)}`
    if (await seize(remover, draft, claim)) {
      await delay(10) // another one is removing it: a matter of microseconds
      continue
    }
    try {
      if (readClaim(path)?.nonce === holder.nonce) unlinkSync(path)
    } finally {
      unlinkSync(remover)
    }
  }
}

async function isDead(path: string, holder: Claim, here: Identity): Promise<boolean> {
  const verdict = judge(holder, here, startOf)
  if (verdict !== 'unknown') return verdict === 'dead'
  // in another container or on another machine: watched for as long as three heartbeats take
  const seen = modified(path)
  for (const until = performance.now() + MISSED_MS; performance.now() < until; ) {
    await delay(250)
    if (modified(path) !== seen) return false
  }
  return true
}

function readClaim(path: string): Claim | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
  try {
    const claim = JSON.parse(text) as Claim
    if (claim.pid > 0 && claim.nonce.length > 8) return claim
  } catch {}
  // what a power cut can leave of a file that was never synced: it names nobody, so its holder is dead
  return { ...ourIdentity(), pid: DEAD_PID, nonce: 'unreadable' }
}

/** A draft lives for microseconds, unless its writer was killed within them. */
function removeOldDrafts(path: string): void {
  const draft = new RegExp(`^${basename(path)}\\.[0-9a-f-]{36}$`)
  for (const name of readdirSync(dirname(path)).filter((entry) => draft.test(entry))) {
    const age = Date.now() - (modified(join(dirname(path), name)) ?? Date.now())
    if (age > DRAFT_LIFE_MS) rmSync(join(dirname(path), name), { force: true })
  }
}

/** Above every kernel's highest pid (Linux: 2^22), so that no process ever has it. */
const DEAD_PID = 0x7fff_fff0

const modified = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // the folder is gone, or its disk: nothing that a heartbeat could mend
  }
}
