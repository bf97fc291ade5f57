/** The one place of the engine that knows the sandbox, and only by starting it. */
import type { Config } from '../config.ts'
import { MooringError } from '../error.ts'
import { apiOriginsOf, oauthOf, type Registration } from '../provider.ts'
import { showsFrom } from '../provider-pictures.ts'

export interface Simulated {
  registrations: readonly Registration[]
  platformOrigins: Readonly<Record<string, string>>
  /** The names of the platforms that are played. */
  names: string[]
  url: string
  stop(): Promise<void>
}

/** Origins that a registration reaches at its platform. */
const originsOf = (registration: Registration): string[] => {
  const api = apiOriginsOf(registration)
  const { credentials } = registration.provider
  if (credentials) return [...api, ...credentials.pages]
  const { authorizeUrl, tokenUrl } = oauthOf(registration)
  return [new URL(authorizeUrl).origin, new URL(tokenUrl).origin, ...api]
}

/** Beside the callback: where its platform posts what it tells unasked. */
const pushUrlsOf = ({ id, provider, redirectUri }: Registration): Record<string, string> =>
  Object.fromEntries(
    Object.keys(provider.pushes ?? {}).map((name) => [
      name,
      redirectUri.replace(/callback\/[^/]+$/, `push/${id}/${name}`),
    ]),
  )

/**
 * The registrations that the sandbox may play: those without a client of their own, at platforms of which no origin is
 * in real use or already mapped elsewhere. A platform is real or played, never both.
 */
export function playable(config: Config): Registration[] {
  const taken = new Set(Object.keys(config.platformOrigins))
  for (const registration of config.registrations)
    if (registration.client) for (const origin of originsOf(registration)) taken.add(origin)
  return config.registrations.filter((one) => !originsOf(one).some((origin) => taken.has(origin)))
}

/** Starts the sandbox for what it may play. Undefined when there is nothing left to play. */
export async function simulate(config: Config, stateFile: string | undefined): Promise<Simulated | undefined> {
  const open = playable(config)
  if (open.length === 0) return undefined
  const { startSandbox } = await loadSandbox()
  const redirectUris = Object.fromEntries(open.map((one) => [one.id, [one.redirectUri]]))
  const pushUrls = Object.fromEntries(open.map((one) => [one.id, pushUrlsOf(one)]))
  const sandbox = await startSandbox({ redirectUris, pushUrls, ...(stateFile === undefined ? {} : { stateFile }) })
  const apps = new Map(sandbox.apps.map((app) => [app.registration, app]))
  const registrations = config.registrations.map((one) => {
    const app = open.includes(one) ? apps.get(one.id) : undefined
    return app
      ? {
          ...one,
          client: { clientId: app.clientId, clientSecret: app.clientSecret },
          scopes: app.scopes,
          simulated: true,
        }
      : one
  })
  const played = registrations.filter((one) => one.simulated)
  const wanted = new Set(played.flatMap(originsOf))
  // Platforms of one house share hosts of pictures: those of one in real use are real.
  const real = registrations.filter((one) => one.client && !one.simulated)
  const shows = (some: readonly Registration[], host: string) => some.some(({ provider }) => showsFrom(provider, host))
  for (const { origin, hostname } of Object.keys(sandbox.origins).map((one) => new URL(one)))
    if (shows(played, hostname) && !shows(real, hostname)) wanted.add(origin)
  const platformOrigins = {
    ...Object.fromEntries(Object.entries(sandbox.origins).filter(([origin]) => wanted.has(origin))),
    ...config.platformOrigins,
  }
  return {
    registrations,
    platformOrigins,
    names: [...new Set(played.map((one) => one.provider.name))],
    url: sandbox.url,
    stop: () => sandbox.stop(),
  }
}

export async function loadSandbox() {
  try {
    return await import('@mooring/sandbox')
  } catch {
    throw new MooringError('config_invalid', 'The sandbox is not installed here.', {
      detail: '  It is part of the Mooring checkout. Start without it (--no-sandbox), or from a checkout.',
    })
  }
}
