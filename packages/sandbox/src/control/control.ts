import type { Clock } from '../core/clock.ts'
import type { FaultInput } from '../core/fault-kinds.ts'
import type { Faults } from '../core/faults.ts'
import type { Entry, Journal } from '../core/journal.ts'
import { matches } from '../core/matches.ts'
import { type Outage, readOutage } from '../core/outage.ts'
import type { Player } from '../core/simulator.ts'
import type { PlatformId, Simulators } from '../platforms.ts'
import { type Command, type CommandInput, commandSchema } from './command.ts'
import { type LedgerEntry, ledgerOf } from './ledger.ts'
import { NothingMatches } from './nothing-matches.ts'

/** What control steers. */
export interface Steered {
  players: readonly Player[]
  clock: Clock
  journal: Journal
  faults: Faults
  outage: { now: Outage }
  reset(): void
  /** Something that is kept may change. */
  touch(): void
}

export interface Control {
  /** Validates and does a command; throws a ZodError, or NothingMatches where it names what is not there. */
  apply(command: CommandInput): void
  state(): ReturnType<typeof show>
  fault(fault: FaultInput): void
  advance(seconds: number): void
  reset(): void
  /** Requests an endpoint has had since the last reset. */
  requests(endpoint: string): number
  log(endpoint?: string): readonly Entry[]
  /** What was published on a platform, newest last; throws NothingMatches where it publishes nothing. */
  ledger(platform: string): readonly LedgerEntry[]
}

/** What is shown of each platform that is played. */
type Shown = { [Id in PlatformId]: ReturnType<Simulators[Id]['show']> }

/** Names that must exist, so that a misspelt one is refused and does not wait for ever. */
function check(on: Steered, { fault, faults, outage }: Command): void {
  const endpoints = on.players.flatMap(({ platform }) => platform.routes.map((route) => route.endpoint))
  const named = [fault ?? [], faults?.random || []].flat(2).flatMap(({ endpoint }) => endpoint)
  for (const endpoint of named) {
    if (!endpoints.some((known) => matches(endpoint, known)))
      throw new NothingMatches(`No endpoint is called "${endpoint}".`)
  }
  const platform = typeof outage === 'object' ? outage.platform : undefined
  if (platform !== undefined && !on.players.some(({ id }) => id === platform))
    throw new NothingMatches(`No platform is called "${platform}".`)
}

function perform(on: Steered, command: Command): void {
  check(on, command)
  on.touch()
  if (command.reset) on.reset()
  const { clock } = command
  if (clock?.reset) on.clock.reset()
  // Stopped first: what is set then is exact to the millisecond.
  if (clock?.freeze !== undefined) on.clock.freeze(clock.freeze)
  if (clock?.set !== undefined) on.clock.set(clock.set)
  if (clock?.advanceSeconds !== undefined) on.clock.advance(clock.advanceSeconds)
  if (command.clearFaults) on.faults.clear()
  if (command.clearLog) on.journal.reset()
  if (command.outage !== undefined) on.outage.now = readOutage(command.outage)
  for (const fault of command.fault === undefined ? [] : [command.fault].flat()) on.faults.add(fault)
  if (command.faults) on.faults.random.set(command.faults.random === false ? [] : [command.faults.random].flat())
  for (const player of on.players) {
    const own = command[player.id as PlatformId]
    if (own) player.apply(own, on.clock.now())
  }
}

function show(on: Steered) {
  const now = on.clock.now()
  return {
    clock: { now, iso: new Date(now).toISOString(), frozen: on.clock.frozen },
    outage: on.outage.now ?? null,
    faults: on.faults.waiting,
    randomFaults: on.faults.random.shown,
    requests: on.journal.counts,
    log: on.journal.entries,
    ...(Object.fromEntries(on.players.map((player) => [player.id, player.show(now)])) as Shown),
  }
}

export function createControl(on: Steered): Control {
  return {
    apply: (command) => perform(on, commandSchema.parse(command)),
    // A copy: what a test holds must not change under it, nor change the sandbox.
    state: () => structuredClone(show(on)),
    fault: (fault) => perform(on, commandSchema.parse({ fault })),
    advance: (seconds) => on.clock.advance(seconds),
    reset: () => on.reset(),
    requests: (endpoint) => on.journal.counts[endpoint] ?? 0,
    log: (endpoint) => on.journal.entries.filter((entry) => (endpoint ?? entry.endpoint) === entry.endpoint),
    ledger: (platform) => structuredClone(ledgerOf(on.players, platform)),
  }
}
