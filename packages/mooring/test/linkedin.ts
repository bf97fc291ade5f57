/** What tests against the simulated LinkedIn share: a clean start, faults by name, looks at what is stored. */
import { expect } from 'vitest'
import { idle } from '../src/connections/keep.ts'
import type { TestBrowser, Visit, World } from './world.ts'

export const DAY = 86_400
const FAR = { versions: { '202609': '2099-01-01' } }

/** Empties the database's tenants and starts the sandbox anew at Mooring's time: one world serves a whole file. */
export async function clean(world: World): Promise<void> {
  // What a renewal of the test before brings about must not meet this one's faults.
  await idle(world.mooring.engine)
  await world.database.query(
    'truncate mooring.connections, mooring.accounts, mooring.flows, mooring.flow_states, mooring.events, mooring.grant_holders, mooring.operator_alerts cascade',
  )
  world.logs.length = 0
  world.sandbox.control.apply({
    reset: true,
    clock: { set: Math.round(world.now()) },
    // These tests move the clock by years: the API version must not end meanwhile.
    linkedin: { settings: FAR },
  })
}

type Steering = Parameters<World['sandbox']['control']['apply']>[0]
export const steer = (world: World, command: Steering): void => world.sandbox.control.apply(command)

export const asked = (world: World, endpoint: string): number => world.sandbox.control.requests(`linkedin.${endpoint}`)

/** Connects and takes all accounts; answers with the connection as the API shows it. */
export async function connected(world: World, visit: Visit = {}, body: Record<string, unknown> = {}) {
  const browser = world.browser()
  const flow = await browser.connectAll({ provider: 'linkedin', ...body }, visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}

export const look = async (world: World, id: string) => (await world.api('GET', `/connections/${id}`)).body
export const token = (world: World, id: string) => world.api('GET', `/connections/${id}/token`)
export const count = async (world: World) => (await world.api('GET', '/connections')).body.data.length

/** The types of what happened to a connection, oldest first. */
export async function history(world: World, id: string): Promise<string[]> {
  const { body } = await world.api('GET', `/connections/${id}/events`)
  return body.data.map((one: { type: string }) => one.type).reverse()
}

/** Cuts the limit of a platform request from 20 s, so that a hanging one ends within the test. Returns the way back. */
export function impatient(world: World, milliseconds = 400): () => void {
  const { runtime } = world.mooring.engine
  const patient = runtime.fetch
  runtime.fetch = (url, init) => patient(url, { ...init, signal: AbortSignal.timeout(milliseconds) })
  return () => {
    runtime.fetch = patient
  }
}

/** Starts a flow and consents; the callback is not opened yet. */
export async function consented(browser: TestBrowser, body: Record<string, unknown> = {}, visit: Visit = {}) {
  const started = await browser.start({ provider: 'linkedin', ...body })
  expect(started.status).toBe(201)
  return { id: started.body.id as string, callback: await browser.consent(started.body.authorizeUrl, visit) }
}

/** Opens a callback; answers with the page it leads back to. */
export async function back(browser: TestBrowser, callback: string): Promise<URL> {
  const response = await browser.open(callback)
  expect(response.status).toBe(303)
  return new URL(response.headers.get('location') ?? '')
}

/** Lets a request to the platform through and keeps its answer back until told: what is slow in the world outside. */
export function holdAnswer(world: World, part: string) {
  const { runtime } = world.mooring.engine
  const { fetch } = runtime
  const answered = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  runtime.fetch = async (url, init) => {
    if (!url.includes(part)) return fetch(url, init)
    runtime.fetch = fetch
    const response = await fetch(url, init)
    answered.resolve()
    await released.promise
    return response
  }
  return { answered: answered.promise, release: () => released.resolve() }
}
