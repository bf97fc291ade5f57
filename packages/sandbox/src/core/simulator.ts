import type { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Platform } from './route.ts'

export interface StateOptions<Settings> {
  /** Redirect URIs of the ready-made apps, by registration. */
  redirectUris: Record<string, readonly string[]>
  /** Where a platform posts what it tells unasked, by registration and name. */
  pushUrls?: Readonly<Record<string, Readonly<Record<string, string>>>>
  settings: Partial<Settings>
}

/** What a platform's routes are given. `origins` is filled once the sandbox listens. */
export interface Scene<State> {
  state: State
  clock: Clock
  origins: Record<string, string>
}

/** An app of the simulated developer console, as the sandbox hands it out. */
export interface ReadyApp {
  registration: string
  name: string
  clientId: string
  /** Undefined for a public client, which has none. */
  clientSecret?: string | undefined
  scopes: readonly string[]
  redirectUris: readonly string[]
  secretRefused?: boolean | undefined
}

/** What the sandbox's own page lists of a platform. */
export interface Listed {
  grants: readonly ListedGrant[]
  tokens: readonly ListedToken[]
  /** Of a service that holds people's accounts itself. */
  seats?: readonly ListedSeat[]
  /** Who can be signed in as, where a form elsewhere asks for it. */
  logins?: readonly ListedLogin[]
}

export interface ListedLogin {
  login: string
  password: string
  happens: string
}

/** An account that a service holds, or an attempt to give it one. */
export interface ListedSeat {
  /** What `press` is told. */
  id: string
  name: string
  about: string
  state: string
  /** Its buttons: what `press` is told, and what is written on them. */
  acts: readonly { act: string; words: string }[]
}

export interface ListedGrant {
  clientId: string
  member: string
  scopes: readonly string[]
  /** In ms since 1970; null where the platform keeps no time. */
  since: number | null
  over: boolean
}

export interface ListedToken {
  /** No token: what control calls it. */
  id: string
  kind: string
  member: string | undefined
  /** In ms since 1970; null where it has no end. */
  expiresAt: number | null
  /** `active`, or why not. */
  status: string
}

/** All that the shared parts know of one platform: one record of `platforms.ts`. */
export interface Simulator<State extends object, Settings, Command extends z.ZodType, Kept extends z.ZodType, Shown> {
  create: (options: StateOptions<Settings>) => State
  platform: (scene: Scene<State>) => Platform
  apps: (state: State) => readonly ReadyApp[]
  /** The page that shows who this browser is signed in as. */
  session?: { origin: string; path: string }
  /** What `POST /__control` takes under the platform's name. */
  command: Command
  /** Throws NothingMatches where it names what is not there. `now` in ms since 1970. */
  apply: (state: State, command: z.output<Command>, now: number) => void
  /** What tests may look at. No secret, no code, no token: tokens go by their id. */
  show: (state: State, now: number) => Shown
  listed: (state: State, now: number) => Listed
  /** The command by which a person takes a grant back, where there are grants. */
  revoke?: (who: { registration: string; member: string }) => z.input<Command>
  /** The command behind a button of a seat. */
  press?: (act: string, id: string) => z.input<Command> | undefined
  /** What happens without a request, looked at a few times a second. True when something did. */
  beat?: (scene: Scene<State>) => boolean
  /** What the platform still knows after a restart. */
  kept: Kept
  keep: (state: State) => z.output<Kept>
  /** Fills a state that was just created. */
  restore: (state: State, kept: z.output<Kept>) => void
}

export const defineSimulator = <
  State extends object,
  Settings,
  Command extends z.ZodType,
  Kept extends z.ZodType,
  Shown,
>(
  one: Simulator<State, Settings, Command, Kept, Shown>,
): Simulator<State, Settings, Command, Kept, Shown> => one

/** A simulator with its state, as the shared parts steer it without knowing either. */
export interface Player {
  id: string
  platform: Platform
  session: { origin: string; path: string } | undefined
  apps(): readonly ReadyApp[]
  apply(command: unknown, now: number): void
  show(now: number): unknown
  listed(now: number): Listed
  /** Undefined where it has no such button. */
  revoke(who: { registration: string; member: string }): unknown
  press(act: string, id: string): unknown
  beat(): boolean
  keep(): unknown
  restore(kept: unknown): void
  /** Back to how the sandbox started, in place: routes hold on to the one state. */
  reset(): void
}

export function play<State extends object, Settings, Command extends z.ZodType, Kept extends z.ZodType, Shown>(
  id: string,
  simulator: Simulator<State, Settings, Command, Kept, Shown>,
  options: StateOptions<Settings>,
  scene: Omit<Scene<State>, 'state'>,
): Player {
  const state = simulator.create(options)
  return {
    id,
    platform: simulator.platform({ ...scene, state }),
    session: simulator.session,
    apps: () => simulator.apps(state),
    apply: (command, now) => simulator.apply(state, command as z.output<Command>, now),
    show: (now) => simulator.show(state, now),
    listed: (now) => simulator.listed(state, now),
    revoke: (who) => simulator.revoke?.(who),
    press: (act, id) => simulator.press?.(act, id),
    beat: () => simulator.beat?.({ ...scene, state }) ?? false,
    keep: () => simulator.keep(state),
    restore: (kept) => simulator.restore(state, kept as z.output<Kept>),
    reset: () => void Object.assign(state, simulator.create(options)),
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what stands in a list of different ones; `play` closes over each one's own types
export type AnySimulator = Simulator<any, any, any, any, unknown>
