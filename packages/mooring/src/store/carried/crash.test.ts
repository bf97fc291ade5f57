import { realpathSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { cleanUp, processesIn, startChild, temporaryFolder, until } from './testing.ts'

afterAll(cleanUp)

const KILLS = 20
const seed = Number(process.env.CARRIED_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** mulberry32: small, and the same everywhere, so that a seed replays a run's points in time. */
function randomFrom(state: number): () => number {
  let at = state
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let t = Math.imul(at ^ (at >>> 15), 1 | at)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

test(`${KILLS} kills under writes (CARRIED_SEED=${seed}): nothing acknowledged is lost, nothing is left, no start is refused`, async () => {
  const random = randomFrom(seed)
  const dataDir = temporaryFolder('data')
  const acknowledged = new Set<number>()
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild({ dataDir, fsync: true, write: true })
    const ready = await child.says('ready')
    const kept = new Set(ready.kept)
    const lost = [...acknowledged].filter((id) => !kept.has(id))
    expect({ kill, lost }).toEqual({ kill, lost: [] })
    await until('the first row is acknowledged', () => child.lines.some((line) => line.event === 'ack'))
    await delay(random() * 250) // the random point in time: not a wait for anything
    for (const line of await child.kill()) if (line.event === 'ack' && line.id) acknowledged.add(line.id)
    // every other time the next one starts at once, while the server of the killed one is still ending
    if (random() < 0.5) await until('no process is left', () => processesIn(realpathSync(dataDir)).length === 0)
  }
  const last = startChild({ dataDir, fsync: true })
  const kept = new Set((await last.says('ready')).kept)
  expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([])
  expect(acknowledged.size).toBeGreaterThan(KILLS)
  await last.kill()
  await until('no process is left', () => processesIn(realpathSync(dataDir)).length === 0)
}, 120_000)

test('killed at any point of the first start: the next one makes it whole', async () => {
  const random = randomFrom(seed + 1)
  for (let kill = 0; kill < 6; kill++) {
    const dataDir = temporaryFolder('data')
    const first = startChild({ dataDir })
    await first.says('starting')
    await delay(random() * 600) // copying takes the first 150 ms, initdb the next 350
    await first.kill()
    const second = startChild({ dataDir })
    await second.says('ready')
    await second.kill()
    await until('no process is left', () => processesIn(realpathSync(dataDir)).length === 0)
  }
}, 120_000)

test('the server itself killed outright, with clients at work: the next start waits for what is left of it', async () => {
  const dataDir = temporaryFolder('data')
  const first = startChild({ dataDir, fsync: true, write: true })
  const { pid } = await first.says('ready')
  await until('rows are written', () => first.lines.length > 50)
  process.kill(pid, 'SIGKILL')
  await first.kill()
  const acknowledged = first.lines.filter((line) => line.event === 'ack').map((line) => line.id)
  const second = startChild({ dataDir })
  const kept = new Set<number | undefined>((await second.says('ready')).kept)
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
}, 60_000)
