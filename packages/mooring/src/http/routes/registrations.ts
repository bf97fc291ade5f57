/** Apps of a workspace's own at the providers that this server knows. */
import {
  addOwn,
  changeOwn,
  listOwn,
  type OwnRegistration,
  oneOwn,
  removeOwn,
  testOwn,
} from '../../connections/own-registrations.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-registrations.ts'
import { stepsOf } from '../views.ts'

const tags = ['registrations']
const path = '/api/v1/registrations'
const one = { tags, path: `${path}/{id}` }
const params = { params: schemas.registrationId }

const list = route({
  method: 'get',
  path,
  tags,
  summary: 'This workspace’s own apps',
  responses: { 200: json(schemas.OwnRegistrations, 'The newest first. Their secrets are in no answer.') },
})
const add = route({
  method: 'post',
  path,
  tags,
  summary: 'Enter an app of this workspace’s own',
  request: jsonBody(schemas.NewOwnRegistration),
  responses: { 201: json(schemas.OwnRegistration, 'Entered. Register its `redirectUri` at the provider.') },
})
const look = route({
  ...one,
  method: 'get',
  summary: 'One app',
  request: params,
  responses: { 200: json(schemas.OwnRegistration, 'The app.') },
})
const change = route({
  ...one,
  method: 'patch',
  summary: 'Change an app, or replace its secret',
  request: { ...params, ...jsonBody(schemas.ChangeOwnRegistration) },
  responses: { 200: json(schemas.OwnRegistration, 'Changed. What rests on it is tried again at once.') },
})
const remove = route({
  ...one,
  method: 'delete',
  summary: 'Remove an app',
  request: params,
  responses: { 204: { description: 'Removed. Refused while connections rest on it.' } },
})
const test = route({
  tags,
  path: `${path}/{id}/test`,
  method: 'post',
  summary: 'See whether an app is entered right',
  request: params,
  responses: {
    200: json(schemas.OwnChecks, 'What is right, what is wrong, and what only a person who connects sees.'),
  },
})

export function registrationRoutes(app: App, { engine }: HttpOptions): void {
  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'registrations:write')
    return c.json({ data: (await listOwn(engine, workspace)).map(view), nextCursor: null }, 200)
  })
  app.openapi(add, async (c) => {
    const who = principal(c, 'registrations:write')
    const made = await addOwn(engine, who.workspace, who.name, c.req.valid('json'))
    c.set('target', made.row.name)
    c.set('targetLabel', `${made.registration.app.name}, ${made.row.client_id}`)
    return c.json(view(made), 201)
  })
  app.openapi(look, async (c) => {
    const { workspace } = principal(c, 'registrations:write')
    return c.json(view(await oneOwn(engine, workspace, c.req.valid('param').id)), 200)
  })
  app.openapi(change, async (c) => {
    const { workspace } = principal(c, 'registrations:write')
    return c.json(view(await changeOwn(engine, workspace, c.req.valid('param').id, c.req.valid('json'))), 200)
  })
  app.openapi(remove, async (c) => {
    const { workspace } = principal(c, 'registrations:write')
    await removeOwn(engine, workspace, c.req.valid('param').id)
    return c.body(null, 204)
  })
  app.openapi(test, async (c) => {
    const { workspace } = principal(c, 'registrations:write')
    return c.json({ data: await testOwn(engine, workspace, c.req.valid('param').id), nextCursor: null }, 200)
  })
}

const view = ({ row, registration, used }: OwnRegistration) => ({
  id: row.name,
  app: row.app,
  provider: registration.provider.id,
  name: registration.app.name,
  clientId: row.client_id,
  hasSecret: row.client_secret !== null,
  redirectUri: registration.redirectUri,
  scopes: [...registration.scopes],
  settings: { ...registration.settings },
  setup: stepsOf(registration),
  connections: used,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  changedAt: row.changed_at.toISOString(),
})
