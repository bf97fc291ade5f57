/** What tests share that publish to the simulated platforms: a post that is carried out, and what the platform's own book holds. */
import { expect } from 'vitest'
import { carryOutDue } from '../src/publishing/worker.ts'
import type { Json, World } from './world.ts'

export const carryOut = (world: World) => carryOutDue(world.mooring.publishing, 50)
export const delivery = async (world: World, id: string): Promise<Json> =>
  (await world.api('GET', `/deliveries/${id}`)).body
/** Everything that was ever published there, by the platform's own book. */
export const ledger = (world: World, platform: string): Json[] => world.sandbox.control.ledger(platform) as Json[]

/** Makes a post that is due now; answers with its deliveries' ids. */
export async function posted(world: World, accounts: readonly string[], content: Json): Promise<string[]> {
  const { status, body } = await world.api('POST', '/posts', {
    content,
    targets: accounts.map((accountId) => ({ accountId })),
    when: { how: 'now' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.deliveries.map((one: Json) => one.id)
}

/** Carries it out to its end: moves the clock to each next look. */
export async function settled(world: World, id: string, most = 80): Promise<Json> {
  for (let times = 0; times < most; times += 1) {
    await carryOut(world)
    const one = await delivery(world, id)
    if (one.nextTryAt === null) return one
    await world.pass(Math.max(0, (Date.parse(one.nextTryAt) - world.now()) / 1000) + 0.5)
  }
  throw new Error(`it does not settle: ${JSON.stringify(await delivery(world, id))}`)
}

/** Publishes as one account, to its end. */
export async function publish(world: World, account: string, content: Json): Promise<Json> {
  const [id = ''] = await posted(world, [account], content)
  return settled(world, id)
}
