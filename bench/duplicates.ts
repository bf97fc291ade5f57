/**
 * The duplicate campaign: posts to every network, by several servers that are killed, stopped and cut off from their
 * database and from the platforms at random. At the end the platforms' ledgers must have nothing twice and nothing missing.
 */
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { samples } from '@mooring/sandbox'
import { chance } from '../packages/mooring/test/chance.ts'
import { startChaos } from './duplicates/chaos.ts'
import { createClient } from './duplicates/client.ts'
import { openCampaignDatabase } from './duplicates/database.ts'
import { connectAll, NETWORKS, type Network } from './duplicates/homes.ts'
import { openAddress, startInstance } from './duplicates/instance.ts'
import { allDeliveries, storyOf } from './duplicates/look.ts'
import { decideAll } from './duplicates/person.ts'
import { SLOW_MS, startPlatform } from './duplicates/platform.ts'
import { plan } from './duplicates/posts.ts'
import { settle } from './duplicates/settle.ts'
import { judge, type Verdict } from './duplicates/verdict.ts'
import { rounded, table } from './support/report.ts'

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '10000' },
    servers: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    tell: { type: 'boolean', default: false },
  },
})
const [deliveries = 0, servers = 0, minutes = 0, seed = 0] = [
  values.deliveries,
  values.servers,
  values.minutes,
  values.seed,
].map(Number)
/** Of its time a campaign spends so much on sending: the rest is for starting and for settling. */
const SENDING = 0.2
const MAKERS = 12

console.log(
  `seed ${seed}: ${deliveries} deliveries, ${servers} servers, at most ${minutes} minutes, load ${rounded(loadavg()[0] ?? 0)}`,
)
// What was started ends with this.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const began = performance.now()
const seconds = () => rounded((performance.now() - began) / 1000, 0)
const until = began + minutes * 60_000
const dice = chance(seed)
const database = await openCampaignDatabase(process.env.DATABASE_URL)
const address = await openAddress(servers)
const platform = await startPlatform(address.url)
const instance = await startInstance(address, platform, database)
const client = createClient(address.url)
const people = await connectAll(client, platform.origins)
const posts = plan(dice, seed, people.homes, deliveries, await client.upload(samples.png(640, 640)))
console.log(`${seconds()} s: ${people.homes.length} accounts, ${posts.length} posts`)

const sendMs = minutes * 60_000 * SENDING
const chaos = startChaos(chance(seed + 1), instance.servers, database, Math.min(6000, sendMs / 10))
await platform.disturb(seed, true)
const quietFrom = delay(sendMs / 2).then(async () => {
  await platform.disturb(seed + 10, false)
  return performance.now() + SLOW_MS
})
const asked = await makeAll()
await chaos.stop()
await platform.calm()
console.log(`${seconds()} s: all posts are made, ${asked} times asked for`)

const settling = { instance, database, platform, people, until, quietFrom: await quietFrom }
await settle(settling)
const verdict = judge(await allDeliveries(database), await platform.ledger())
await twicePosted(verdict)
console.log(`${seconds()} s: nothing is due`)
show('after the storm', verdict)
const unpublished = (await allDeliveries(database)).filter((one) => one.state !== 'published')
const reasons = Map.groupBy(unpublished, (one) => `${one.state}: ${one.reason}`)
table(
  ['why', 'times'],
  [...reasons].map(([reason, all]) => [reason, all.length]),
)

// People say of each what they see, and send again what is not there.
await decideAll(client, await allDeliveries(database), await platform.ledger())
await settle(settling)
const last = judge(await allDeliveries(database), await platform.ledger())
for (const one of await allDeliveries(database))
  if (one.state !== 'published')
    last.wrong.push(`${one.network}, ${one.id}: it is ${one.state} after a person sent it again`)
console.log(`${seconds()} s: after people decided`)
show('after people decided', last)

table(
  ['fault', 'times'],
  Object.entries(platform.met)
    .filter(([, times]) => times > 0)
    .toSorted(),
)
if (values.tell) console.log(chaos.told.join('\n'))
else
  table(
    ['with servers and database', 'times'],
    [...Map.groupBy(chaos.told, kindOf)].map(([name, all]) => [name, all.length]),
  )

const wrong = [...verdict.wrong, ...last.wrong]
if (wrong.length > 0) {
  console.log(`\n${wrong.slice(0, 50).join('\n')}`)
  console.log(await storyOf(database, wrong.slice(0, 10), await platform.ledger()))
  for (const server of instance.servers) console.log(`\n${server.name} said last:\n${server.said().slice(-1500)}`)
}
console.log(
  `\nseed ${seed}: ${wrong.length === 0 ? 'nothing twice, nothing missing' : `${wrong.length} WRONG`}, ${seconds()} s`,
)
await instance.stop()
await platform.stop()
await address.stop()
await database.stop()
process.exitCode = wrong.length === 0 ? 0 : 1

/** Evenly over the time that there is, no faster than they go out. Answers with how often was asked. */
async function makeAll(): Promise<number> {
  const start = performance.now()
  let next = 0
  let times = 0
  const maker = async () => {
    for (;;) {
      const at = next
      const post = posts[at]
      if (!post) return
      next += 1
      const due = start + (sendMs * at) / posts.length
      if (due > performance.now()) await delay(due - performance.now())
      const { asked } = await client.make('/posts', post.body, post.key, post.cutAfterMs)
      times += asked
    }
  }
  await Promise.all(Array.from({ length: MAKERS }, maker))
  return times
}

/** A key that was asked for many times has made one post. */
async function twicePosted(into: Verdict): Promise<void> {
  const rows = await database.query<{ text: string; n: string }>(
    "select content->>'text' as text, count(*) as n from mooring.posts group by 1 having count(*) > 1",
  )
  for (const { text, n } of rows) into.wrong.push(`made ${n} times under one Idempotency-Key: ${text}`)
  const [all] = await database.query<{ n: string }>('select count(*) as n from mooring.posts')
  if (Number(all?.n) !== posts.length) into.wrong.push(`${all?.n} posts were made of ${posts.length}`)
}

function show(title: string, { counts, entries }: Verdict): void {
  const states = [...new Set([...counts.values()].flatMap((one) => [...one.keys()]))].toSorted()
  table(
    [`${title} (${entries} in the ledgers)`, ...states],
    [...counts].map(([network, one]) => [NETWORKS[network as Network], ...states.map((state) => one.get(state) ?? 0)]),
  )
}

function kindOf(told: string): string {
  return told.replace(/server \d+/, 'a server').replace(/-?\d+ (ms|s ahead)/, '… $1')
}
