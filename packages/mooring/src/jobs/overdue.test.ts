/** What no host completed is thrown away by the sweep, in every workspace, whoever looks or not. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brought, flowRow, HOST_ENV, makeSession, NOTHING, stored, walk } from '../../test/sessions.ts'
import { createWorld, type World } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import { openQueue, SWEEP } from './queue.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: HOST_ENV, background: true })
})
afterAll(() => world.close())

it('ends what is over, and leaves what a host may still complete', async () => {
  const held = async (externalId: string) =>
    brought(await walk(world, world.browser(), await makeSession(world, { workspace: { externalId } })))
  const over = [await held('one'), await held('another')]
  world.advance(9 * 60)
  const young = await held('one')
  world.advance(61)
  const queue = await openQueue(world.mooring.engine.store.foreignSql, silent)
  await queue.send(SWEEP)
  const end = Date.now() + 90_000
  while ((await stored(world)).held !== 1 && Date.now() < end) await new Promise((done) => setTimeout(done, 100))
  expect(await stored(world)).toEqual({ ...NOTHING, held: 1, completions: 1 })
  for (const { flow } of over)
    expect(await flowRow(world, flow)).toMatchObject({ state: 'expired', error_code: 'flow_expired' })
  expect(await flowRow(world, young.flow)).toMatchObject({ state: 'awaiting_completion' })
  await queue.stop({ graceful: false, close: false })
})
