/** Letters about what happened: to whom, how many, and what becomes of them while the mail server is away. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Letter, type Mailbox, openMailbox } from '../../test/mailbox.ts'
import { createWorld, type TestBrowser, type World } from '../../test/world.ts'
import { signInMail } from '../access/sign-in/mail.ts'
import { addConnection, newEvent } from '../store/testing.ts'
import { byDefault, NOTIFIED } from './kinds.ts'
import { letterAbout, sendLetters } from './letters.ts'

const PASSWORD = 'brisk otter lantern 44'

let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await createWorld({
    background: false,
    env: { MOORING_SMTP_URL: mailbox.url, MOORING_SMTP_FROM: 'Mooring <mooring@example.com>' },
  })
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
})
afterEach(async () => {
  await world.database.query('delete from mooring.people')
  await world.database.query('delete from mooring.sign_in_values')
  await world.database.query('delete from mooring.letters_due')
  mailbox.full = false
  mailbox.letters.length = 0
})

const send = () => {
  const { runtime, store } = world.mooring.engine
  const mail = signInMail({ url: mailbox.url, from: 'Mooring <mooring@example.com>' }, runtime.log)
  return sendLetters({ runtime, store, baseUrl: 'https://mooring.example', send: mail.send })
}
/** Something happens, as it does: written with a connection. */
const happens = (subject: string, type = 'connection.reauthorize', message = `${subject} must sign in again.`) =>
  addConnection(world.mooring.engine.store, world.workspace, subject, {
    ...newEvent(type, new Date(world.now())),
    message,
  })
const waiting = () => world.database.query<{ tries: number }>('select tries from mooring.letters_due')
const subjectOf = ({ text }: Letter) => /^Subject: (.*)$/m.exec(text)?.[1]?.trim()

async function owner(): Promise<TestBrowser> {
  const browser = world.browser()
  await browser.signIn()
  await browser.send('PATCH', '/me', { email: 'owner@example.com' })
  return browser
}
async function invited(by: TestBrowser, email: string, role: string): Promise<TestBrowser> {
  const { body } = await by.send('POST', '/invitations', { email, role })
  const browser = world.browser()
  const input = { token: new URL(body.link).hash.slice(1), name: 'Ines', password: PASSWORD }
  expect((await browser.send('POST', '/session/invitation/accept', input)).status).toBe(200)
  mailbox.letters.length = 0
  return browser
}

describe('a letter about what happened', () => {
  it('goes to owners and admins when a connection needs somebody, a minute later, with the way there', async () => {
    const browser = await owner()
    await invited(browser, 'admin@example.com', 'admin')
    await invited(browser, 'viewer@example.com', 'viewer')
    const connection = await happens('Mara Lind')
    expect(await send()).toBe(0)
    world.advance(61)
    expect(await send()).toBe(2)
    const letters = [await mailbox.next('owner@example.com'), await mailbox.next('admin@example.com')]
    for (const letter of letters) {
      expect(subjectOf(letter)).toBe('A connection needs you: My workspace')
      expect(letter.text).toContain('Mara Lind must sign in again.')
      expect(letter.text).toContain(`https://mooring.example/accounts/${connection}`)
      expect(letter.text).toContain('https://mooring.example/settings/notifications')
    }
    expect(mailbox.letters).toEqual([])
    world.advance(86_400)
    expect(await send()).toBe(0)
  })

  it('gathers what happens within a minute', async () => {
    await owner()
    for (const subject of ['a', 'b', 'c']) await happens(subject)
    world.advance(61)
    expect(await send()).toBe(1)
    const letter = await mailbox.next('owner@example.com')
    expect(subjectOf(letter)).toBe('3 connections need you: My workspace')
    for (const subject of ['a', 'b', 'c']) expect(letter.text).toContain(`${subject} must sign in again.`)
  })

  it('goes to whoever chose it, and to nobody who chose not to get it', async () => {
    const browser = await owner()
    const viewer = await invited(browser, 'viewer@example.com', 'viewer')
    const choose = (one: TestBrowser, kind: string, letter: boolean) =>
      one.send('PUT', '/me/notifications', { choices: [{ kind, letter }] })
    expect((await choose(viewer, 'connection.connected', true)).status).toBe(200)
    expect((await choose(browser, 'connection.reauthorize', false)).status).toBe(200)
    await happens('new', 'connection.connected', 'new was connected.')
    await happens('broken')
    world.advance(61)
    expect(await send()).toBe(1)
    const letter = await mailbox.next('viewer@example.com')
    expect(letter.text).toContain('new was connected.')
    expect(letter.text).not.toContain('broken')
  })

  it('waits while the mail server takes none, tries again later, and is given up at last', async () => {
    await owner()
    await happens('Mara')
    mailbox.full = true
    world.advance(61)
    expect(await send()).toBe(0)
    expect(await waiting()).toEqual([{ tries: 1 }])
    expect(await send()).toBe(0)
    expect(await waiting()).toEqual([{ tries: 1 }])
    mailbox.full = false
    world.advance(2 * 3600)
    expect(await send()).toBe(1)
    expect(await waiting()).toEqual([])

    await happens('Tomas')
    mailbox.full = true
    for (let tries = 0; tries < 20; tries += 1) {
      world.advance(86_400)
      await send()
    }
    expect(await waiting()).toEqual([])
    expect(world.logs.some(({ message }) => message === 'a letter about what happened is given up')).toBe(true)
  })

  it('comes once, though two processes send at the same time', async () => {
    await owner()
    for (const subject of ['a', 'b', 'c', 'd']) await happens(subject)
    world.advance(61)
    const sent = await Promise.all([send(), send(), send()])
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1)
  })

  it('is not written where nobody wants it or no letters are set up, and does not pile up', async () => {
    await owner()
    await happens('gone', 'connection.disconnected', 'gone was disconnected.')
    world.advance(61)
    expect(await send()).toBe(0)
    expect(await waiting()).toEqual([])
    await happens('Mara')
    world.advance(61)
    const { runtime, store } = world.mooring.engine
    expect(await sendLetters({ runtime, store, baseUrl: 'https://mooring.example', send: undefined })).toBe(0)
    expect(await waiting()).toEqual([])
  })

  it('is not written of what is routine', async () => {
    await happens('quiet', 'connection.refreshed', 'renewed')
    expect(await waiting()).toEqual([])
  })

  it('has a subject of one line whatever the workspace is called', () => {
    const event = { ...newEvent('connection.expiring'), workspace_id: 'w', connection_id: null, delivery_id: null }
    const { subject, text } = letterAbout([event], 'A\r\nBcc: x@example.com', 'https://mooring.example')
    expect(subject).toBe('A connection needs you: A  Bcc: x@example.com')
    expect(text).toContain('It happened.')
  })
})

it('by default only what needs somebody is told, and to those who can do it', () => {
  const told = NOTIFIED.filter((kind) => byDefault(kind, 'admin'))
  const posts = ['delivery.failed', 'delivery.unknown', 'delivery.missed']
  expect(told).toEqual(['connection.reauthorize', 'connection.expiring', ...posts, 'webhook.paused'])
  expect(NOTIFIED.filter((kind) => byDefault(kind, 'owner'))).toEqual(told)
  expect(NOTIFIED.filter((kind) => byDefault(kind, 'publisher'))).toEqual(posts)
  expect(NOTIFIED.some((kind) => byDefault(kind, 'viewer'))).toBe(false)
})
