/** What a workspace says of its business, and how a person wants to be told and shown things. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type TestBrowser, type World } from '../../test/world.ts'

let world: World
let owner: TestBrowser
beforeAll(async () => {
  world = await createWorld()
  owner = world.browser()
  await owner.signIn()
})
afterAll(() => world.close())

describe('a business profile', () => {
  it('is changed a part at a time, read by members, and taken along', async () => {
    const ideal = 'Founders of small software companies'
    expect(
      await owner.send('PATCH', '/workspace', { website: 'https://harbour.example', idealCustomer: ideal }),
    ).toMatchObject({
      status: 200,
      body: { name: 'My workspace', website: 'https://harbour.example', idealCustomer: ideal },
    })
    expect((await owner.send('PATCH', '/workspace', { name: 'Harbour' })).body).toMatchObject({
      name: 'Harbour',
      website: 'https://harbour.example',
    })
    expect((await owner.send('PATCH', '/workspace', {})).body.name).toBe('Harbour')
    expect((await owner.send('PATCH', '/workspace', { website: null })).body).toMatchObject({
      website: null,
      idealCustomer: ideal,
    })
    expect((await owner.send('GET', '/workspace')).body).toMatchObject({ name: 'Harbour', idealCustomer: ideal })
    const exported = await world.api('GET', '/workspace/export')
    expect(JSON.stringify(exported.body)).toContain(ideal)
  })

  it.each(['javascript:alert(1)', 'ftp://x.example', 'harbour', 'https://', 'data:text/html,x', 7])(
    'has no website %s',
    async (website) => {
      expect(await owner.send('PATCH', '/workspace', { website })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      })
    },
  )
})

describe('preferences', () => {
  it('are a time zone and a language of dates, or the browser’s own', async () => {
    expect((await owner.send('GET', '/me')).body).toMatchObject({ timeZone: null, locale: null })
    expect((await owner.send('PATCH', '/me', { timeZone: 'Europe/Rome', locale: 'it-IT' })).body).toMatchObject({
      timeZone: 'Europe/Rome',
      locale: 'it-IT',
    })
    expect((await owner.send('PATCH', '/me', { name: 'Owner' })).body.timeZone).toBe('Europe/Rome')
    expect((await owner.send('GET', '/session')).body.person).toMatchObject({
      timeZone: 'Europe/Rome',
      locale: 'it-IT',
    })
    expect((await owner.send('PATCH', '/me', { timeZone: null, locale: null })).body).toMatchObject({
      timeZone: null,
      locale: null,
    })
  })

  it.each([{ timeZone: 'Mars/Olympus' }, { timeZone: '' }, { locale: 'no language' }, { locale: '../../etc' }])(
    'are not %j',
    async (wrong) => {
      expect((await owner.send('PATCH', '/me', wrong)).status).toBe(400)
    },
  )
})

describe('notifications', () => {
  it('are chosen a kind at a time, and apart in each workspace', async () => {
    const first = (await owner.send('GET', '/me/notifications')).body
    // No letters are set up on this server.
    expect(first.letters).toBe(false)
    expect(
      Object.fromEntries(first.data.map((one: { kind: string; letter: boolean }) => [one.kind, one.letter])),
    ).toEqual({
      'connection.reauthorize': true,
      'connection.expiring': true,
      'webhook.paused': true,
      'delivery.failed': true,
      'delivery.unknown': true,
      'delivery.missed': true,
      'connection.disconnected': false,
      'connection.connected': false,
    })
    const choices = [{ kind: 'connection.disconnected', letter: true }]
    const chosen = (await owner.send('PUT', '/me/notifications', { choices })).body
    expect(chosen.data).toContainEqual({ kind: 'connection.disconnected', letter: true })
    expect((await owner.send('GET', '/me/notifications')).body).toEqual(chosen)
    const second = (await owner.send('POST', '/workspaces', { name: 'Second' })).body.id
    const there = await owner.send('GET', '/me/notifications', undefined, { 'mooring-workspace': second })
    expect(there.body.data).toContainEqual({ kind: 'connection.disconnected', letter: false })
  })

  it('know no other kinds, and nothing of a workspace that is not theirs', async () => {
    const unknown = { choices: [{ kind: 'everything', letter: true }] }
    expect((await owner.send('PUT', '/me/notifications', unknown)).status).toBe(400)
    const { id } = (await world.api('POST', '/workspaces', { name: 'Foreign' })).body
    const there = await owner.send('GET', '/me/notifications', undefined, { 'mooring-workspace': id })
    expect(there).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})
