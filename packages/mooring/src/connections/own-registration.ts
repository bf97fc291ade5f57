/** A workspace's own app at a provider: known by the form of its id, its client read where it is needed. */
import type { Registration } from '../provider.ts'
import type { OwnRegistrationRow } from '../store/registrations.ts'
import type { ConfiguredRegistration, Engine } from './engine.ts'

/** After the app's id: twelve of 32 letters, drawn by chance. */
const OWN = /^(.+)-([a-z2-7]{12})$/

export const ownId = (app: string, random: (bytes: number) => Buffer): string =>
  `${app}-${[...random(12)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')}`

/** The part of its id that names the app: a label for what is counted, of which there are few. */
export const appOf = (id: string): string => OWN.exec(id)?.[1] ?? id

/** Endpoints, issuer and the rest are the provider's, as for the operator's own app of this kind. Pure. */
export function ownShape(registrations: readonly Registration[], id: string): Registration | undefined {
  const app = OWN.exec(id)?.[1]
  const base = app === undefined ? undefined : registrations.find((one) => one.id === app)
  if (!base) return undefined
  const { provider } = base
  return {
    ...base,
    id,
    own: true,
    client: undefined,
    scopes: base.app.scopes,
    settings: Object.fromEntries(provider.settings.map((one) => [one.name, one.default])),
    issuer: provider.issuer ?? '',
    redirectUri: base.redirectUri.replace(/[^/]+$/, id),
    env: [],
  }
}

/** Undefined: this workspace has no such app. Throws where its secret does not open. */
export async function ownRegistration(
  engine: Pick<Engine, 'registrations' | 'store' | 'vault'>,
  workspace: string,
  id: string,
): Promise<ConfiguredRegistration | undefined> {
  const shape = ownShape(engine.registrations, id)
  const row = shape && (await engine.store.registrations.find(workspace, id))
  return row && withClient(engine, shape, row)
}

export function withClient(
  { vault }: Pick<Engine, 'vault'>,
  shape: Registration,
  row: OwnRegistrationRow,
): ConfiguredRegistration {
  const where = { workspace: row.workspace_id, record: row.id, field: 'client_secret' }
  const clientSecret = row.client_secret === null ? undefined : vault.open(row.client_secret, where)
  return { ...withSettings(shape, row), client: { clientId: row.client_id, clientSecret } }
}

export const withSettings = (shape: Registration, row: OwnRegistrationRow): Registration => ({
  ...shape,
  scopes: row.scopes ?? shape.scopes,
  settings: { ...shape.settings, ...(row.settings as Record<string, string>) },
})

/** The workspace's own, the newest first, each without its client. */
export async function ownRegistrations(
  engine: Pick<Engine, 'registrations' | 'store'>,
  workspace: string,
): Promise<Registration[]> {
  const rows = await engine.store.registrations.list(workspace)
  return rows.flatMap((row) => {
    const shape = ownShape(engine.registrations, row.name)
    return shape ? [withSettings(shape, row)] : []
  })
}
