/** What tests against the simulated Meta share. */
import { expect } from 'vitest'
import { look } from './linkedin.ts'
import type { Visit, World } from './world.ts'

type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['meta']>
export const steerMeta = (world: World, meta: Command): void => world.sandbox.control.apply({ meta })
export const atMeta = (world: World) => world.sandbox.control.state().meta
export const askedMeta = (world: World, endpoint: string): number => world.sandbox.control.requests(`meta.${endpoint}`)

export const NORTHWIND = '61550000001001'
export const CERAMICS = '61550000001002'
export const HARBOUR = '61550000001003'
export const NORTHWIND_IG = '17841400000001001'

/** Connects and takes all accounts; answers with the connection as the API shows it. */
export async function connectedMeta(world: World, visit: Visit = {}, body: Record<string, unknown> = {}) {
  const flow = await world.browser().connectAll({ provider: 'meta', ...body }, visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}

/** Whether the platform takes this token, and for whom. */
export async function takenFor(world: World, token: string, path = 'me?fields=id,name') {
  const { createHmac } = await import('node:crypto')
  const secret = world.sandbox.apps.find((one) => one.registration === 'meta')?.clientSecret ?? ''
  const proof = createHmac('sha256', secret).update(token).digest('hex')
  const origin = world.sandbox.origins['https://graph.facebook.com']
  const answer = await fetch(`${origin}/v26.0/${path}&appsecret_proof=${proof}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it takes the answer for
  return { status: answer.status, body: (await answer.json()) as any }
}
