/** A desk at the tests' platform of posts: what a person asks for there, over HTTP. */

import { carryOutDue } from '../src/publishing/worker.ts'
import { type Press, pressAccount, pressProvider, startPress } from './press.ts'
import { createWorld, type Json, type World } from './world.ts'

export interface Desk {
  world: World
  press: Press
  /** An account of a connection of its own; with `subject` the one that another leads to already. */
  account(name?: string, subject?: string): Promise<string>
  /** To these accounts; "Hello", now, unless told. */
  post(
    accounts: readonly string[],
    parts?: Json,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Json }>
  look(post: string): Promise<Json>
  edit(post: string, parts: Json): Promise<{ status: number; body: Json }>
  deed(delivery: string, name: string, body?: Json): Promise<{ status: number; body: Json }>
  /** Carries out what is due. */
  go(): Promise<number>
  /** What was published since the last time. */
  printed(): string[]
  /** A wall time in Rome, so many seconds from now. */
  inRome(seconds: number): Json
  close(): Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const press = await startPress()
  const world = await createWorld({ providers: [pressProvider()], platformOrigins: press.origins })
  press.now = world.now
  const desk: Desk = {
    world,
    press,
    async account(name, subject) {
      const id = await pressAccount(world, name)
      if (subject !== undefined)
        await world.database.query('update mooring.accounts set subject = $2 where id = $1', [id, subject])
      return id
    },
    post: (accounts, parts = {}, headers = {}) => {
      const targets = accounts.map((accountId) => ({ accountId }))
      return world.api(
        'POST',
        '/posts',
        { content: { text: 'Hello' }, targets, when: { how: 'now' }, ...parts },
        headers,
      )
    },
    look: async (id) => (await world.api('GET', `/posts/${id}`)).body,
    edit: async (id, parts) => world.api('PATCH', `/posts/${id}`, { version: (await desk.look(id)).version, ...parts }),
    deed: (id, name, body) => world.api('POST', `/deliveries/${id}/${name}`, body),
    go: () => carryOutDue(world.mooring.publishing, 50),
    printed: () => press.printed.splice(0).map((one) => one.text),
    inRome: (seconds) => ({
      how: 'at',
      at: {
        local: new Date(world.now() + seconds * 1000)
          .toLocaleString('sv', { timeZone: 'Europe/Rome' })
          .replace(' ', 'T'),
        zone: 'Europe/Rome',
      },
    }),
    async close() {
      await world.close()
      await press.stop()
    },
  }
  return desk
}
