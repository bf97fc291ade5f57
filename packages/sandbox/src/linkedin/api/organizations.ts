import { json } from '../../core/answer.ts'
import { logoUrl } from '../media/picture.ts'
import { ORGANIZATIONS, type Organization, organizationUrn } from '../people/organizations.ts'
import type { World } from '../world.ts'
import { accessDenied, noEntity, noResource, parameterInvalid, parameterNotAllowed, viewerDenied } from './errors.ts'
import type { Caller, Resource } from './gate.ts'
import { project, readProjection } from './projection.ts'
import { list, single, unknownParameter } from './restli.ts'
import { decorator } from './streams.ts'

const ADMIN = ['rw_organization_admin', 'r_organization_admin']
/** A batch larger than this was never documented as allowed. */
const MAX_BATCH = 500

/** What anyone with the permission sees of an organization. The logo is an asset's name here, never an address. */
function publicFields({ id, name, vanityName, website, type, logo }: Organization): Record<string, unknown> {
  return {
    vanityName,
    localizedName: name,
    name: { localized: { en_US: name }, preferredLocale: { country: 'US', language: 'en' } },
    primaryOrganizationType: type,
    id,
    locations: [],
    ...(website && { localizedWebsite: website }),
    ...(logo && {
      logoV2: {
        original: `urn:li:digitalmediaAsset:sandbox-logo-${id}`,
        cropped: `urn:li:digitalmediaAsset:sandbox-logo-${id}`,
      },
    }),
  }
}

const adminFields = (organization: Organization): Record<string, unknown> => ({
  ...publicFields(organization),
  $URN: organizationUrn(organization.id),
  defaultLocale: { country: 'US', language: 'en' },
  versionTag: '1',
})

const administers = (world: World, { member }: Caller, id: number): boolean =>
  world.state.roles.some(
    (one) =>
      one.member === member.key && one.organization === id && one.role === 'ADMINISTRATOR' && one.state === 'APPROVED',
  )

const named = (key: string): Organization | undefined =>
  /^\d{1,18}$/.test(key) ? ORGANIZATIONS.find((one) => one.id === Number(key)) : undefined

/** GET /rest/organizations/{id}: for administrators. Others are sent to the lookup (Microsoft Learn: organization-lookup-api). */
export const organization: Resource = (world, caller, ask) => {
  const { query, version, has } = caller
  if (!has(...ADMIN)) return accessDenied(`organizations.GET.${version}`)
  const stray = unknownParameter(query, ['fields'])
  if (stray) return parameterNotAllowed(stray)
  const key = ask.params.id ?? ''
  if (!/^\d+$/.test(key)) return parameterInvalid('organizationId')
  const found = named(key)
  if (!found) return noEntity()
  return administers(world, caller, found.id) ? json(200, adminFields(found)) : viewerDenied(organizationUrn(found.id))
}

/** GET /v2/organizations/{id}: the same, unversioned, where projections still work and make the logo an address. */
export const organizationV2: Resource = (world, caller, ask) => {
  const { query, has } = caller
  if (!has(...ADMIN)) return accessDenied('organizations.GET.NO_VERSION')
  const stray = unknownParameter(query, ['projection', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const found = named(ask.params.id ?? '')
  if (!found) return noEntity()
  if (!administers(world, caller, found.id)) return viewerDenied(organizationUrn(found.id))
  const asked = single(query, 'projection')
  if (asked === undefined) return json(200, adminFields(found))
  const wanted = readProjection(asked)
  if (!wanted) return parameterInvalid('projection')
  return json(
    200,
    project(
      adminFields(found),
      wanted,
      decorator(logoUrl(world, found), 200, world.state.settings.throttledDecoration),
    ),
  )
}

function batch({ app, query, version }: Caller): ReturnType<Resource> {
  // BATCH_GET is off on the development tier (Microsoft Learn: marketing/increasing-access).
  if (app.tier === 'development') return accessDenied(`organizationsLookup.BATCH_GET.${version}`)
  const stray = unknownParameter(query, ['ids', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const ids = list(query, 'ids')
  if (!ids || ids.length === 0 || ids.length > MAX_BATCH || ids.some((id) => !/^\d+$/.test(id)))
    return parameterInvalid('ids')
  const results: Record<string, unknown> = {}
  const statuses: Record<string, number> = {}
  const errors: Record<string, unknown> = {}
  for (const id of new Set(ids)) {
    const found = named(id)
    statuses[id] = found ? 200 : 404
    if (found) results[id] = publicFields(found)
    else errors[id] = { status: 404, code: 'NOT_FOUND', message: 'Could not find entity' }
  }
  return json(200, { results, statuses, errors })
}

/** GET /rest/organizationsLookup?ids=List(1,2): any organization, by number. Or ?q=vanityName&vanityName=acme, by name. */
export const organizationsLookup: Resource = (_world, caller) => {
  const { query, version, has } = caller
  const q = single(query, 'q')
  const method = q === undefined ? 'BATCH_GET' : `FINDER-${q}`
  if (q !== undefined && q !== 'vanityName') return noResource()
  if (!has(...ADMIN)) return accessDenied(`organizationsLookup.${method}.${version}`)
  if (q === undefined) return batch(caller)
  const stray = unknownParameter(query, ['q', 'vanityName', 'start', 'count', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const wanted = single(query, 'vanityName')
  if (!wanted) return parameterInvalid('vanityName')
  const elements = ORGANIZATIONS.filter((one) => one.vanityName === wanted).map(publicFields)
  return json(200, { paging: { start: 0, count: 10, links: [], total: elements.length }, elements })
}
