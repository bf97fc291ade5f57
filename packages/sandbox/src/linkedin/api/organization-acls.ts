import { json } from '../../core/answer.ts'
import { personUrn } from '../people/members.ts'
import { organizationUrn, ROLE_STATES, ROLES, type Role } from '../people/organizations.ts'
import { accessDenied, noResource, parameterInvalid, parameterNotAllowed } from './errors.ts'
import type { Caller, Resource } from './gate.ts'
import { pageOf } from './paging.ts'
import { single, unknownParameter, whole } from './restli.ts'

const KNOWN = ['q', 'role', 'state', 'start', 'count', 'fields']

/**
 * One element. In a long list some come in older dress (`organizationTarget`), and one could not be resolved at all: such
 * elements sit inside a 200 and crash parsers that trust them (postiz pull request 1808).
 */
function element({ app }: Caller, role: Role, place: number): Record<string, unknown> {
  const base = { role: role.role, roleAssignee: personUrn(app.clientId, role.member), state: role.state }
  if (place === 16) {
    return { ...base, 'organization!': { message: 'Could not find entity', status: 404 } }
  }
  return { ...base, [place % 7 === 5 ? 'organizationTarget' : 'organization']: organizationUrn(role.organization) }
}

/** GET /rest/organizationAcls?q=roleAssignee (Microsoft Learn: organization-access-control-by-role). */
export const organizationAcls: Resource = (world, caller) => {
  const { query, version, has, member } = caller
  if (single(query, 'q') !== 'roleAssignee') return noResource()
  if (!has('rw_organization_admin', 'r_organization_admin')) {
    return accessDenied(`partnerApiOrganizationAcls.FINDER-roleAssignee.${version}`)
  }
  const stray = unknownParameter(query, KNOWN)
  if (stray) return parameterNotAllowed(stray)
  const role = single(query, 'role')
  if (role !== undefined && !ROLES.some((known) => known === role)) return parameterInvalid('role')
  const state = single(query, 'state')
  if (state !== undefined && !ROLE_STATES.some((known) => known === state)) return parameterInvalid('state')
  const start = whole(query, 'start', 0)
  const count = whole(query, 'count', 10)
  if (start === undefined) return parameterInvalid('start')
  if (count === undefined || count === 0) return parameterInvalid('count')

  const held = world.state.roles.filter(
    (one) => one.member === member.key && (role ?? one.role) === one.role && (state ?? one.state) === one.state,
  )
  const filters = `${state ? `&state=${state}` : ''}${role ? `&role=${role}` : ''}`
  const page = pageOf(
    held,
    start,
    count,
    (from) => `/rest/organizationAcls?q=roleAssignee${filters}&start=${from}&count=${count}`,
  )
  return json(200, {
    paging: page.paging,
    elements: page.elements.map((one) => element(caller, one, held.indexOf(one))),
  })
}
