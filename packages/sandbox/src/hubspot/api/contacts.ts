import { z } from 'zod'
import { json } from '../../core/answer.ts'
import { type Answer, type Ask, text } from '../../core/ask.ts'
import type { Portal } from '../people.ts'
import type { World } from '../world.ts'
import { invalid } from './errors.ts'
import { passGate } from './gate.ts'

const CONTACTS = ['crm.objects.contacts.read']
/** Of a search: a page, and as far as paging goes. */
const MOST_FOUND = 200
const LAST_FOUND = 10_000
const MOST_LISTED = 100

const contact = (id: number) => ({
  // Ids are strings in CRM objects and numbers in OAuth.
  id: String(id),
  properties: { email: `contact-${id}@example.com`, firstname: 'Contact', lastname: String(id) },
  createdAt: '2026-01-15T09:00:00.000Z',
  updatedAt: '2026-06-01T09:00:00.000Z',
  archived: false,
})

/** A page after `after`; `paging` is absent at the end. */
function pageOf({ contacts }: Portal, after: number, limit: number, link: string) {
  const last = Math.min(after + limit, contacts)
  const results = Array.from({ length: Math.max(0, last - after) }, (_, at) => contact(after + at + 1))
  return { results, ...(last < contacts && { paging: { next: { after: String(last), link } } }) }
}

/** GET /crm/v3/objects/contacts. */
export const listContacts = (world: World, ask: Ask): Answer =>
  passGate(world, ask, { scopes: CONTACTS }, (portal) => {
    const limit = ask.query.get('limit') ?? '10'
    const after = ask.query.get('after') ?? '0'
    if (!/^\d{1,6}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST_LISTED)
      return invalid(`limit must be from 1 to ${MOST_LISTED}`)
    if (!/^\d{1,9}$/.test(after)) return invalid('after is not a cursor of this list')
    return json(200, pageOf(portal, Number(after), Number(limit), `https://api.hubapi.com${ask.path}`))
  })

const filter = z.object({ propertyName: z.string(), operator: z.string() })
const searching = z.object({
  filterGroups: z
    .array(z.object({ filters: z.array(filter).max(6) }))
    .max(5)
    .default([]),
  sorts: z.array(z.unknown()).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.number().int().min(1).max(MOST_FOUND).default(10),
  after: z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().min(0)).default(0),
  query: z.string().max(3000).default(''),
})

/** POST …/contacts/search. Filters are read and judged, and find everybody. */
export const searchContacts = (world: World, ask: Ask): Answer =>
  passGate(world, ask, { scopes: CONTACTS, search: true }, (portal) => {
    if (!/^application\/json\s*(;|$)/i.test(ask.headers.get('content-type') ?? ''))
      return invalid('Content-Type must be application/json', 415)
    const wanted = parse(text(ask))
    if (!wanted) return invalid('Invalid input JSON: there was a problem with the request.')
    if (wanted.after + wanted.limit > LAST_FOUND) return invalid(`Paging ends at ${LAST_FOUND} results.`)
    const found = pageOf(portal, wanted.after, wanted.limit, `https://api.hubapi.com${ask.path}`)
    return json(200, { total: portal.contacts, ...found })
  })

function parse(source: string): z.output<typeof searching> | undefined {
  try {
    return searching.safeParse(JSON.parse(source)).data
  } catch {
    return undefined
  }
}
