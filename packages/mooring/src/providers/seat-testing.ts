/** A service of seats for a test: the sandbox, asked as the engine asks. */
import { type PlatformId, type Sandbox, startSandbox } from '@mooring/sandbox'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { apiCall } from '../connections/api-call.ts'
import { judgedCall, placeOf } from '../connections/discover.ts'
import type { Engine } from '../connections/engine.ts'
import type { ApiContext, Registration, SeatProvider } from '../provider.ts'
import type { SeatContext } from '../provider-credentials.ts'
import { createRuntime, type Runtime } from '../runtime.ts'

export const PASSWORD = 'sandbox-password'
export const login = (who: string, password = PASSWORD) => ({ username: `${who}@sandbox.example`, password })

export interface Service {
  sandbox: Sandbox
  /** What the port is given. */
  on: (app?: string, settings?: Record<string, string>, key?: string) => SeatContext
  /** What `identity` and `accounts` are given: a refusal is thrown. */
  api: (seat: string, app?: string, settings?: Record<string, string>, key?: string) => ApiContext
}

export function service(provider: SeatProvider, platform: PlatformId): Service {
  let sandbox: Sandbox
  let runtime: Runtime
  beforeAll(async () => {
    sandbox = await startSandbox({ only: [platform] })
    runtime = createRuntime({ platformOrigins: sandbox.origins })
  })
  beforeEach(() => sandbox.control.apply({ reset: true }))
  afterAll(() => sandbox.stop())
  const registration = (id: string, settings: Record<string, string>, key?: string): Registration => {
    const app = provider.apps.find((one) => one.id === id)
    const clientSecret = key ?? sandbox.apps.find((one) => one.registration === id)?.clientSecret
    if (!app || clientSecret === undefined) throw new Error(`no app ${id}`)
    const defaults = Object.fromEntries(provider.settings.map((one) => [one.name, one.default]))
    return {
      ...{ id, provider, app, client: { clientId: 'sandbox', clientSecret }, simulated: true, scopes: [] },
      ...{ settings: { ...defaults, ...settings }, redirectUri: '', issuer: '', env: [] },
    }
  }
  return {
    get sandbox() {
      return sandbox
    },
    on(app = provider.id, settings = {}, key) {
      const its = registration(app, settings, key)
      return { call: apiCall(runtime, its, ''), app, settings: its.settings }
    },
    api(seat, app = provider.id, settings = {}, key) {
      const its = registration(app, settings, key)
      const call = judgedCall({ runtime } as Engine, its, seat, false)
      return { call, scopes: [], settings: its.settings, ...placeOf(its, seat) }
    },
  }
}
