/** What a host product imports. */
export type { Authenticate, HostUser } from './access/host-users.ts'
export type { Role } from './access/permissions.ts'
export { type Config, readConfig } from './config.ts'
export { type OpenOptions, openMooring } from './embedded.ts'
export { type ErrorCode, isMooringError, MooringError } from './error.ts'
export { createMooring, type Mooring, type MooringOptions, VERSION } from './mooring.ts'
export { defineProvider, type Provider, type Registration } from './provider.ts'
export { providers } from './providers/index.ts'
