/** The sandbox: strict simulators of the platforms, for `npm start`, for tests, and for a user's own CI. */
export type { Browser, ConsentOptions, Screen } from './browser.ts'
export type { Command, CommandInput } from './control/command.ts'
export type { Control } from './control/control.ts'
export type { LedgerEntry, LedgerMedia } from './control/ledger.ts'
export type { FaultInput } from './core/fault-kinds.ts'
export { samples } from './core/samples.ts'
export { type PlatformId, platformIds } from './platforms.ts'
export { type Sandbox, type SandboxApp, type SandboxOptions, startSandbox } from './sandbox.ts'
