/** Members of a workspace and invitations to it. */

import { MooringError } from '../../error.ts'
import type { InvitationRow } from '../../store/people.ts'
import { askingOf, keep, principal, requireSameOrigin, standing } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { notFound } from '../problem.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-people.ts'
import { sessionView } from './session.ts'

const tags = ['members']
const list = route({
  method: 'get',
  path: '/api/v1/members',
  tags,
  summary: 'Members of this workspace',
  responses: { 200: json(schemas.Members, 'The longest first.') },
})
const change = route({
  method: 'patch',
  path: '/api/v1/members/{id}',
  tags,
  summary: 'Give a member another role',
  request: { params: idParam, ...jsonBody(schemas.ChangeMember) },
  responses: { 204: { description: 'It holds from the next request on.' } },
})
const remove = route({
  method: 'delete',
  path: '/api/v1/members/{id}',
  tags,
  summary: 'Put a member out, or leave',
  request: { params: idParam },
  responses: { 204: { description: 'Out. What they connected stays.' } },
})
const invitations = route({
  method: 'get',
  path: '/api/v1/invitations',
  tags,
  summary: 'Invitations that wait',
  responses: { 200: json(schemas.Invitations, 'The oldest first.') },
})
const invite = route({
  method: 'post',
  path: '/api/v1/invitations',
  tags,
  summary: 'Invite somebody to this workspace',
  request: jsonBody(schemas.Invite),
  responses: { 201: json(schemas.NewInvitation, 'An older one for the same address is replaced.') },
})
const withdraw = route({
  method: 'delete',
  path: '/api/v1/invitations/{id}',
  tags,
  summary: 'Withdraw an invitation',
  request: { params: idParam },
  responses: { 204: { description: 'Its link is over.' } },
})
const see = route({
  method: 'post',
  path: '/api/v1/session/invitation',
  tags,
  security: [],
  summary: 'What an invitation says',
  request: jsonBody(schemas.InvitationToken),
  responses: { 200: json(schemas.InvitationSeen, 'Nothing is used up.') },
})
const accept = route({
  method: 'post',
  path: '/api/v1/session/invitation/accept',
  tags,
  security: [],
  summary: 'Accept an invitation',
  request: jsonBody(schemas.AcceptInvitation),
  responses: { 200: json(schemas.Session, 'A member now, and signed in.') },
})

/** Before those that ask who is there: an invitation is taken by somebody who is nobody yet. */
export function invitationRoutes(app: App, options: HttpOptions): void {
  const { people } = options
  app.openapi(see, async (c) => {
    requireSameOrigin(c, options)
    return c.json(await people.invitation(c.req.valid('json').token), 200)
  })
  app.openapi(accept, async (c) => {
    requireSameOrigin(c, options)
    const { token, name, password } = c.req.valid('json')
    const input = name === undefined || password === undefined ? undefined : { name, password }
    const { cookies, person, workspace } = await people.accept(askingOf(c, options), token, input)
    keep(c, cookies)
    const found = await standing(c, options, person, true)
    if (!found) throw new MooringError('unauthorized', 'Sign in first.')
    c.set('entered', { id: person, name: found.person.name, workspace })
    return c.json(sessionView(options, found), 200)
  })
}

export function memberRoutes(app: App, { people }: HttpOptions): void {
  const nameOf = async (workspace: string, id: string) =>
    (await people.members(workspace)).find((one) => one.person_id === id)?.name
  app.openapi(list, async (c) => {
    const who = principal(c, 'members:read')
    const data = (await people.members(who.workspace)).map((one) => ({
      id: one.person_id,
      name: one.name,
      email: one.email,
      role: one.role,
      addedAt: one.added_at.toISOString(),
      you: who.kind === 'person' && who.id === one.person_id,
    }))
    return c.json({ data, nextCursor: null }, 200)
  })
  app.openapi(change, async (c) => {
    const who = principal(c, 'members:write')
    const { id } = c.req.valid('param')
    await people.setRole(who, id, c.req.valid('json').role)
    c.set('targetLabel', await nameOf(who.workspace, id))
    return c.body(null, 204)
  })
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid('param')
    const self = c.get('principal')
    // Anybody may leave.
    const leaves = self?.kind === 'person' && self.id === id
    const who = leaves ? self : principal(c, 'members:write')
    const name = await nameOf(who.workspace, id)
    await people.remove(who, id)
    c.set('targetLabel', name)
    return c.body(null, 204)
  })
  app.openapi(invitations, async (c) => {
    const who = principal(c, 'members:write')
    return c.json({ data: (await people.invitations(who.workspace)).map(view), nextCursor: null }, 200)
  })
  app.openapi(invite, async (c) => {
    const who = principal(c, 'members:write')
    const { email, role } = c.req.valid('json')
    const { row, link, sent } = await people.invite(who, email, role)
    c.header('Cache-Control', 'no-store')
    c.set('target', row.id)
    c.set('targetLabel', row.email)
    return c.json({ ...view(row), link, sent }, 201)
  })
  app.openapi(withdraw, async (c) => {
    const who = principal(c, 'members:write')
    if (!(await people.withdraw(who, c.req.valid('param').id))) throw notFound()
    return c.body(null, 204)
  })
}

const view = (row: InvitationRow) => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invited_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})
