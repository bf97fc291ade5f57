/** What goes wrong with the servers and their database while posts go out, in an order that the seed draws. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from '../../packages/mooring/test/chance.ts'
import type { Server } from './server.ts'

export interface DatabaseTroubles {
  /** Undefined where the database is not ours to restart. */
  restart: ((how: 'fast' | 'immediate') => Promise<void>) | undefined
  /** Ends every connection of the servers. */
  cut(): Promise<void>
}

export interface Chaos {
  /** What happened, in order. */
  told: string[]
  /** No more begins; everything that was taken away is there again. */
  stop(): Promise<void>
}

const CLOCKS_MS = [-3_600_000, -300_000, -20_000, 20_000, 300_000, 3_600_000]

export function startChaos(
  dice: Chance,
  servers: readonly Server[],
  database: DatabaseTroubles,
  pauseMs: number,
): Chaos {
  const told: string[] = []
  const healing = new Set<Promise<void>>()
  /** Never all at once: somebody must be there to take over. */
  const busy = new Set<Server>()
  let stopped = false

  const later = (ms: number, heal: () => Promise<void> | void) => {
    const one = delay(ms)
      .then(heal)
      .finally(() => healing.delete(one))
    healing.add(one)
  }
  const away = (server: Server, ms: number, heal: () => Promise<void> | void) => {
    busy.add(server)
    later(ms, async () => {
      await heal()
      busy.delete(server)
    })
  }

  const events: Record<string, (server: Server) => Promise<string>> = {
    async kill(server) {
      await server.kill()
      away(server, dice.upTo(4000), () => server.start())
      return `SIGKILL of ${server.name}`
    },
    async end(server) {
      const ended = server.end()
      away(server, 0, async () => {
        await ended
        await server.start()
      })
      return `SIGTERM of ${server.name}`
    },
    async freeze(server) {
      // Some longer than a lease, none as long as it takes until a post counts as absent.
      const ms = dice.often(0.5) ? 500 + dice.upTo(4000) : 37_000 + dice.upTo(6000)
      server.freeze()
      away(server, ms, () => server.thaw())
      return `${server.name} stands still for ${ms} ms`
    },
    async clock(server) {
      const ms = dice.pick(CLOCKS_MS)
      server.setClock(ms)
      return `the clock of ${server.name} is ${ms / 1000} s ahead`
    },
    async restart() {
      const how = dice.often(0.5) ? 'fast' : 'immediate'
      if (!database.restart) return 'no restart of the database, which is not ours'
      await database.restart(how)
      return `the database was stopped (${how}) and started`
    },
    async cut() {
      await database.cut()
      return 'every connection to the database was cut'
    },
  }
  const names = Object.keys(events)

  const run = async () => {
    let queue: string[] = []
    while (!stopped) {
      await delay(pauseMs / 2 + dice.upTo(pauseMs))
      if (stopped) return
      // Each kind once, in any order, before any comes again; kills twice as often.
      if (queue.length === 0) queue = shuffled(dice, [...names, 'kill'])
      const name = queue.pop() ?? 'kill'
      const server = dice.pick(servers)
      const needed = ['kill', 'end', 'freeze'].includes(name)
      if (needed && (busy.has(server) || busy.size >= servers.length - 1)) continue
      told.push((await events[name]?.(server)) ?? name)
    }
  }
  const running = run()
  return {
    told,
    async stop() {
      stopped = true
      await running
      await Promise.all(healing)
    },
  }
}

function shuffled<T>(dice: Chance, all: readonly T[]): T[] {
  const left = [...all]
  return all.map(() => left.splice(dice.upTo(left.length), 1)[0] as T)
}
