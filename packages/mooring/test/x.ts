/** What tests against the simulated X share. */
import { expect } from 'vitest'
import { look } from './linkedin.ts'
import type { Visit, World } from './world.ts'

type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['x']>
export const steerX = (world: World, x: Command): void => world.sandbox.control.apply({ x })
export const atX = (world: World) => world.sandbox.control.state().x
export const askedX = (world: World, endpoint: string): number => world.sandbox.control.requests(`x.${endpoint}`)

/** Connects; answers with the connection as the API shows it. */
export async function connectedX(world: World, visit: Visit = {}, body: Record<string, unknown> = {}) {
  const { flow } = await world.browser().connect({ provider: 'x', ...body }, visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}
