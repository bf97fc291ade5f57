/** Signing in with a password, a second step and a letter; what a wrong try costs; where one is signed in. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Mailbox, openMailbox } from '../../test/mailbox.ts'
import { totp } from '../../test/totp.ts'
import { createWorld, type Json, type TestBrowser, type World } from '../../test/world.ts'

const EMAIL = 'mara@example.com'
const PASSWORD = 'brisk otter lantern 44'
const HOUR = 3600

let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await createWorld({
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
  mailbox.letters.length = 0
})

/** The owner, with an address and a password. */
async function owner(email = EMAIL, password = PASSWORD): Promise<TestBrowser> {
  const browser = world.browser()
  await browser.signIn()
  expect(await browser.send('PATCH', '/me', { email })).toMatchObject({ status: 200 })
  expect(await browser.send('PUT', '/me/password', { password })).toMatchObject({ status: 204 })
  return browser
}
const signIn = (browser: TestBrowser, email = EMAIL, password = PASSWORD) =>
  browser.send('POST', '/session/password', { email, password })
const who = async (browser: TestBrowser) => (await browser.send('GET', '/session')).status

describe('a password', () => {
  it('signs in, whatever case the address is written in', async () => {
    await owner()
    const browser = world.browser()
    const answer = await signIn(browser, 'MARA@Example.com')
    expect(answer).toMatchObject({ status: 200, body: { person: { email: EMAIL }, workspace: { role: 'owner' } } })
    expect(await who(browser)).toBe(200)
  })

  it('that is wrong says the same as an address that nobody has', async () => {
    await owner()
    const wrong = await signIn(world.browser(), EMAIL, 'something else 99')
    const unknown = await signIn(world.browser(), 'nobody@example.com')
    expect(wrong).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  it('is a slow hash at rest, salted', async () => {
    await owner()
    const [row] = await world.database.query<{ password: string }>('select password from mooring.logins')
    expect(row?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
    expect(row?.password).not.toContain(PASSWORD)
  })

  it.each([
    ['short', 'At least 10 characters', /at least 10/i],
    ['password123', 'common', /common|guess/i],
    ['mara@example.com', 'the address itself', /./],
    ['mooringmooring', 'our own name', /./],
  ])('may not be %s', async (password, _, told) => {
    const browser = world.browser()
    await browser.signIn()
    await browser.send('PATCH', '/me', { email: EMAIL })
    const answer = await browser.send('PUT', '/me/password', { password })
    expect(answer).toMatchObject({ status: 422, body: { code: 'weak_password' } })
    expect(answer.body.detail).toMatch(told)
    expect(JSON.stringify(answer.body)).not.toContain(password)
  })

  it('wants an address first', async () => {
    const browser = world.browser()
    await browser.signIn()
    expect(await browser.send('PUT', '/me/password', { password: PASSWORD })).toMatchObject({ status: 409 })
  })

  it('is changed by who knows it, and ends every other session', async () => {
    const browser = await owner()
    const other = world.browser()
    await signIn(other)
    const next = 'velvet harbour quince 7'
    for (const current of [undefined, 'not the one 123'])
      expect(await browser.send('PUT', '/me/password', { password: next, current })).toMatchObject({
        status: 401,
        body: { code: 'sign_in_failed' },
      })
    expect(await who(other)).toBe(200)
    expect(await browser.send('PUT', '/me/password', { password: next, current: PASSWORD })).toMatchObject({
      status: 204,
    })
    expect([await who(browser), await who(other)]).toEqual([200, 401])
    expect((await signIn(world.browser())).status).toBe(401)
    expect((await signIn(world.browser(), EMAIL, next)).status).toBe(200)
  })

  it('is asked for before another address takes its place: a session that was left open opens no account', async () => {
    const browser = await owner()
    const taken = await browser.send('PATCH', '/me', { email: 'thief@example.com' })
    expect(taken).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    expect(
      (await browser.send('PATCH', '/me', { email: 'thief@example.com', password: 'a wrong one 99' })).status,
    ).toBe(401)
    expect((await browser.send('PATCH', '/me', { name: 'Mara', email: EMAIL })).status).toBe(200)
    expect((await browser.send('GET', '/me')).body).toMatchObject({ name: 'Mara', email: EMAIL, newEmail: null })
    expect(mailbox.letters).toEqual([])
  })

  it('is not tried for ever: not for one address, wherever it comes from, and the time left is told', async () => {
    await owner()
    const database = () =>
      world.database.query('delete from mooring.sign_in_values where count is not null and expires_at < $1', [
        new Date(world.now() + 10 * 60_000),
      ])
    for (let tries = 0; tries < 20; tries += 1) {
      // Ten from one place, then another place: the counter of places is emptied, that of the address is not.
      if (tries % 10 === 0) await database()
      expect((await signIn(world.browser(), EMAIL, 'wrong wrong wrong 1')).status).toBe(401)
    }
    await database()
    const refused = await signIn(world.browser())
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(refused.body.retryAfter).toBeGreaterThan(0.9 * HOUR)
    expect(refused.body.retryAfter).toBeLessThanOrEqual(HOUR)
    expect(refused.headers.get('retry-after')).toBe(String(refused.body.retryAfter))
    world.advance(HOUR + 1)
    expect((await signIn(world.browser())).status).toBe(200)
  })

  it('is not tried more often by asking all at once', async () => {
    await owner()
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        signIn(world.browser(), EMAIL, 'wrong wrong wrong 1').then(({ status }) => status),
      ),
    )
    // However many places ask, no more than twenty reach the password.
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(20)
    await world.database.query('delete from mooring.sign_in_values where count is not null and expires_at < $1', [
      new Date(world.now() + 10 * 60_000),
    ])
    expect((await signIn(world.browser())).status).toBe(429)
  })

  it('is not tried for ever by who is signed in', async () => {
    const browser = await owner()
    const answers: number[] = []
    for (let tries = 0; tries < 21; tries += 1) {
      const body = { current: `wrong wrong ${tries}`, password: 'velvet harbour quince 7' }
      answers.push((await browser.send('PUT', '/me/password', body)).status)
      world.advance(7)
    }
    expect(answers).toEqual([...Array(20).fill(401), 429])
    expect(await browser.send('PATCH', '/me', { email: 'x@example.com', password: PASSWORD })).toMatchObject({
      status: 429,
      body: { code: 'rate_limited' },
    })
    world.advance(HOUR)
    expect((await browser.send('PATCH', '/me', { email: 'x@example.com', password: PASSWORD })).status).toBe(200)
  })

  it('is not tried for ever from one place either', async () => {
    const answers: Json[] = []
    for (let tries = 0; tries < 11; tries += 1)
      answers.push(await signIn(world.browser(), `nobody${tries}@example.com`, 'wrong wrong 1'))
    expect(answers.map((one) => one.status)).toEqual([...Array(10).fill(401), 429])
    expect(answers.at(-1).body.retryAfter).toBeGreaterThan(0)
    expect(answers.at(-1).body.retryAfter).toBeLessThanOrEqual(60)
    world.advance(61)
    expect((await signIn(world.browser(), 'nobody@example.com')).status).toBe(401)
  })
})

describe('an authenticator app', () => {
  async function withApp() {
    const browser = await owner()
    const started = await browser.send('POST', '/me/authenticator', { password: PASSWORD })
    expect(started.status).toBe(200)
    const { uri, backupCodes } = started.body
    const code = totp(uri)
    expect((await browser.send('POST', '/me/authenticator/confirm', { code: '000000' })).status).toBe(401)
    expect((await signIn(world.browser())).status).toBe(200)
    expect(await browser.send('POST', '/me/authenticator/confirm', { code })).toMatchObject({ status: 204 })
    return { browser, uri, backupCodes: backupCodes as string[] }
  }

  it('is asked for after the password, from the first code on', async () => {
    const { uri } = await withApp()
    expect(uri).toMatch(/^otpauth:\/\/totp\/Mooring:mara(@|%40)example\.com\?/)
    const browser = world.browser()
    expect(await signIn(browser)).toMatchObject({ status: 202, body: { secondStep: true } })
    expect(await who(browser)).toBe(401)
    expect(await browser.send('POST', '/session/second-step', { code: '123456' })).toMatchObject({
      status: 401,
      body: { code: 'sign_in_failed' },
    })
    expect(await browser.send('POST', '/session/second-step', { code: totp(uri) })).toMatchObject({ status: 200 })
    expect(await who(browser)).toBe(200)
  })

  it('is asked of the browser that knew the password, and of no other', async () => {
    const { uri } = await withApp()
    await signIn(world.browser())
    expect(await world.browser().send('POST', '/session/second-step', { code: totp(uri) })).toMatchObject({
      status: 401,
    })
  })

  it('lets in by a backup code, once', async () => {
    const { backupCodes } = await withApp()
    expect(backupCodes).toHaveLength(10)
    const code = backupCodes[0]
    const step = async () => {
      const browser = world.browser()
      await signIn(browser)
      return (await browser.send('POST', '/session/second-step', { kind: 'backup', code })).status
    }
    expect(await step()).toBe(200)
    expect(await step()).toBe(401)
  })

  it('is guessed at five times and no more', async () => {
    const { uri } = await withApp()
    const browser = world.browser()
    await signIn(browser)
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.send('POST', '/session/second-step', { code: '111111' })).status).toBe(401)
    expect((await browser.send('POST', '/session/second-step', { code: totp(uri) })).status).toBe(401)
    expect(await who(browser)).toBe(401)
  })

  it('is not asked of a browser that is known, until that browser is forgotten', async () => {
    const { uri } = await withApp()
    const browser = world.browser()
    await signIn(browser)
    await browser.send('POST', '/session/second-step', { code: totp(uri), remember: true })
    await browser.send('DELETE', '/session')
    expect((await signIn(browser)).status).toBe(200)
    expect((await signIn(world.browser())).status).toBe(202)
  })

  it('is turned off by who knows the password', async () => {
    const { browser } = await withApp()
    expect((await browser.send('POST', '/me/authenticator/remove', { password: 'not the one 12' })).status).toBe(401)
    expect((await browser.send('POST', '/me/authenticator/remove', { password: PASSWORD })).status).toBe(204)
    expect((await signIn(world.browser())).status).toBe(200)
  })

  it('has a secret that no dump tells', async () => {
    const { uri, backupCodes } = await withApp()
    const rows = JSON.stringify(await world.database.query('select * from mooring.two_factors'))
    expect(rows).not.toContain(new URL(uri).searchParams.get('secret'))
    for (const code of backupCodes) expect(rows).not.toContain(code)
  })
})

describe('a passkey', () => {
  it.each([
    ['a list as its id', { id: ['a'], response: {} }],
    ['nothing as a text', { id: 'a\u0000b', response: {} }],
    ['no answer in it', { id: 'abc' }],
    ['a strange answer', { id: 'abc', rawId: 'abc', type: 'public-key', response: { clientDataJSON: 7 } }],
  ])('with %s is refused, and not an error of ours', async (_, response) => {
    const browser = world.browser()
    await browser.send('POST', '/session/passkey/options')
    const answer = await browser.send('POST', '/session/passkey', { response })
    expect([400, 401]).toContain(answer.status)
    expect(answer.body.code).toMatch(/^(invalid_request|sign_in_failed|unauthorized)$/)
  })
})

describe('a forgotten password', () => {
  const tokenIn = (text: string) => /\/reset-password#([\w-]+)/.exec(text)?.[1] ?? ''

  it('is chosen anew by the link of a letter, once, and ends every session', async () => {
    const browser = await owner()
    const stranger = world.browser()
    expect((await stranger.send('POST', '/session/reset-request', { email: EMAIL })).status).toBe(204)
    const { text } = await mailbox.next(EMAIL)
    const token = tokenIn(text)
    expect(token.length).toBeGreaterThan(20)
    const password = 'amber copper willow 9'
    expect(await stranger.send('POST', '/session/reset', { token, password: 'password1' })).toMatchObject({
      status: 422,
    })
    expect((await stranger.send('POST', '/session/reset', { token, password })).status).toBe(204)
    expect(await who(browser)).toBe(401)
    expect((await signIn(world.browser(), EMAIL, password)).status).toBe(200)
    expect(await stranger.send('POST', '/session/reset', { token, password: 'another copper willow 9' })).toMatchObject(
      {
        status: 410,
        body: { code: 'link_over' },
      },
    )
  })

  it('says nothing of whether anybody has this address', async () => {
    const answer = await world.browser().send('POST', '/session/reset-request', { email: 'nobody@example.com' })
    expect([answer.status, answer.body]).toEqual([204, undefined])
    expect(mailbox.letters).toEqual([])
  })

  it('is no way in after its hour', async () => {
    await owner()
    const stranger = world.browser()
    await stranger.send('POST', '/session/reset-request', { email: EMAIL })
    const token = tokenIn((await mailbox.next(EMAIL)).text)
    world.advance(HOUR + 1)
    expect((await stranger.send('POST', '/session/reset', { token, password: 'amber copper willow 9' })).status).toBe(
      410,
    )
  })
})

describe('sessions', () => {
  it('are listed, this one first, and ended one by one or all but this', async () => {
    const browser = await owner()
    const [phone, laptop] = [world.browser(), world.browser()]
    for (const one of [phone, laptop]) await signIn(one)
    const { body } = await browser.send('GET', '/me/sessions')
    expect(body.data).toHaveLength(3)
    expect(body.data.map((one: Json) => one.current)).toEqual([true, false, false])
    expect(JSON.stringify(body)).not.toContain(laptop.jar.get('mooring-session')?.split('.')[0])
    const seen = (await phone.send('GET', '/me/sessions')).body.data.find((one: Json) => one.current).id
    expect((await browser.send('DELETE', `/me/sessions/${seen}`)).status).toBe(204)
    expect([await who(phone), await who(laptop)]).toEqual([401, 200])
    expect((await browser.send('DELETE', `/me/sessions/${seen}`)).status).toBe(404)
    expect(await browser.send('DELETE', '/me/sessions')).toMatchObject({ status: 200, body: { ended: 1 } })
    expect([await who(browser), await who(laptop)]).toEqual([200, 401])
  })

  it.each(['signed out', 'ended from another browser'])(
    '%s, is not brought back by a request that was under way',
    async (how) => {
      const browser = await owner()
      const phone = world.browser()
      await signIn(phone)
      // What a request does that prolongs the session: it read it before, and writes it after.
      const { signIn: store } = world.mooring.engine.store
      const [row] = await world.database.query<{
        key_hash: Buffer
        value: string
        person_id: string
        expires_at: Date
      }>('select * from mooring.sign_in_values where person_id is not null order by expires_at desc limit 1')
      if (!row) throw new Error('nobody is signed in')
      if (how === 'signed out') await phone.send('DELETE', '/session')
      else expect((await browser.send('DELETE', '/me/sessions')).body).toEqual({ ended: 1 })
      const { value, person_id: person, expires_at: expiresAt } = row
      await store.putValue(row.key_hash, { value, person, expiresAt, now: new Date(world.now()) })
      const cookie = phone.jar.get('mooring-session')
      if (cookie !== undefined) expect(await who(phone)).toBe(401)
      expect(await store.value(row.key_hash, new Date(world.now()))).toBeUndefined()
      expect((await browser.send('GET', '/me/sessions')).body.data).toHaveLength(1)
    },
  )

  it('of somebody else are nobody’s to end', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'viewer')
    const theirs = (await other.send('GET', '/me/sessions')).body.data[0].id
    expect((await browser.send('DELETE', `/me/sessions/${theirs}`)).status).toBe(404)
    expect(await who(other)).toBe(200)
  })
})

async function invited(browser: TestBrowser, email: string, role: string): Promise<TestBrowser> {
  const { body } = await browser.send('POST', '/invitations', { email, role })
  const other = world.browser()
  const token = new URL(body.link).hash.slice(1)
  const answer = await other.send('POST', '/session/invitation/accept', { token, name: 'Tomas', password: PASSWORD })
  expect(answer.status).toBe(200)
  return other
}

describe('an invitation', () => {
  it('is a link and a letter; taken, it makes the person a member, once', async () => {
    const browser = await owner()
    const made = await browser.send('POST', '/invitations', { email: 'Tomas@Example.com', role: 'publisher' })
    expect(made).toMatchObject({ status: 201, body: { email: 'tomas@example.com', role: 'publisher', sent: true } })
    const letter = await mailbox.next('tomas@example.com')
    expect(letter.text).toContain(made.body.link)
    const token = new URL(made.body.link).hash.slice(1)
    const other = world.browser()
    expect((await other.send('POST', '/session/invitation', { token })).body).toEqual({
      workspace: 'My workspace',
      email: 'tomas@example.com',
      role: 'publisher',
      invitedBy: 'Owner',
      known: false,
    })
    const input = { token, name: 'Tomas', password: PASSWORD }
    expect((await other.send('POST', '/session/invitation/accept', { ...input, password: 'password123' })).status).toBe(
      422,
    )
    expect((await other.send('POST', '/session/invitation/accept', { token })).status).toBe(400)
    const both = [world.browser(), world.browser()]
    const answers = await Promise.all(both.map((one) => one.send('POST', '/session/invitation/accept', input)))
    expect(answers.map((one) => one.status).sort()).not.toEqual([200, 200])
    expect(answers.find((one) => one.status === 200)?.body).toMatchObject({
      person: { name: 'Tomas', email: 'tomas@example.com', operator: false },
      workspace: { role: 'publisher' },
      permissions: ['connections:read', 'posts:read', 'posts:write', 'members:read'],
    })
    expect((await signIn(world.browser(), 'tomas@example.com')).status).toBe(200)
    expect((await browser.send('GET', '/members')).body.data.map((one: Json) => one.role)).toEqual([
      'owner',
      'publisher',
    ])
    expect((await browser.send('GET', '/invitations')).body.data).toEqual([])
  })

  it('withdrawn, replaced or past its week is over', async () => {
    const browser = await owner()
    const invite = async () =>
      (await browser.send('POST', '/invitations', { email: 'ines@example.com', role: 'admin' })).body
    const see = async (link: string) =>
      (await world.browser().send('POST', '/session/invitation', { token: new URL(link).hash.slice(1) })).status
    const first = await invite()
    const second = await invite()
    expect([await see(first.link), await see(second.link)]).toEqual([410, 200])
    expect((await browser.send('DELETE', `/invitations/${second.id}`)).status).toBe(204)
    expect(await see(second.link)).toBe(410)
    const third = await invite()
    world.advance(7 * 24 * HOUR + 1)
    expect(await see(third.link)).toBe(410)
  })

  it('for an address that has an account is taken by its holder alone', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'viewer')
    const me = (await other.send('GET', '/session')).body.person.id
    await browser.send('DELETE', `/members/${me}`)
    const { link } = (await browser.send('POST', '/invitations', { email: 'tomas@example.com', role: 'admin' })).body
    const token = new URL(link).hash.slice(1)
    // A finder of the link has no session of Tomas and gets none by it.
    const finder = world.browser()
    expect(
      await finder.send('POST', '/session/invitation/accept', { token, name: 'X', password: PASSWORD }),
    ).toMatchObject({
      status: 403,
      body: { code: 'sign_in_again' },
    })
    expect(await who(finder)).toBe(401)
    expect((await other.send('POST', '/session/invitation/accept', { token })).body.workspace.role).toBe('admin')
  })
})

describe('invitations and who gave them', () => {
  const see = async (link: string) =>
    (await world.browser().send('POST', '/session/invitation', { token: new URL(link).hash.slice(1) })).status
  const invite = (by: TestBrowser, email: string, role = 'viewer') => by.send('POST', '/invitations', { email, role })
  const idOf = async (one: TestBrowser): Promise<string> => (await one.send('GET', '/session')).body.person.id

  it.each(['is put out', 'may do less', 'leaves'])('are over when that person %s', async (how) => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'admin')
    const kept = (await invite(browser, 'ines@example.com')).body.link
    const theirs = (await invite(other, 'backdoor@example.com', 'admin')).body.link
    expect([await see(kept), await see(theirs)]).toEqual([200, 200])
    const id = await idOf(other)
    if (how === 'is put out') await browser.send('DELETE', `/members/${id}`)
    else if (how === 'leaves') await other.send('DELETE', `/members/${id}`)
    else await browser.send('PATCH', `/members/${id}`, { role: 'viewer' })
    expect([await see(kept), await see(theirs)]).toEqual([200, 410])
  })

  it('to be an owner are an owner’s to replace and to withdraw', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'admin')
    const { id, link } = (await invite(browser, 'boss@example.com', 'owner')).body
    expect(await invite(other, 'boss@example.com')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await other.send('DELETE', `/invitations/${id}`)).toMatchObject({ status: 403 })
    expect(await see(link)).toBe(200)
    expect((await browser.send('DELETE', `/invitations/${id}`)).status).toBe(204)
  })

  it('from two workspaces, taken at once by one who is new, make one person', async () => {
    const browser = await owner()
    const first = (await invite(browser, 'ines@example.com')).body.link
    const made = (await browser.send('POST', '/workspaces', { name: 'Second' })).body
    const inSecond = { 'mooring-workspace': made.id }
    const answer = await browser.send('POST', '/invitations', { email: 'ines@example.com', role: 'viewer' }, inSecond)
    const links = [first, answer.body.link]
    const input = (link: string) => ({ token: new URL(link).hash.slice(1), name: 'Ines', password: PASSWORD })
    const answers = await Promise.all(
      links.map((link) => world.browser().send('POST', '/session/invitation/accept', input(link))),
    )
    const codes = answers.map(({ status, body }) => [status, body.code])
    expect(codes).toContainEqual([200, undefined])
    expect(codes.filter(([status]) => status !== 200)).toEqual([[403, 'sign_in_again']])
    expect(await world.database.query("select 1 from mooring.people where email = 'ines@example.com'")).toHaveLength(1)
    // The other one is not used up: it waits for her to sign in.
    const left = links[answers.findIndex(({ status }) => status === 403)] ?? ''
    expect(await see(left)).toBe(200)
  })
})

describe('members', () => {
  it('do what their role lets them, from the next request on', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'viewer')
    const me = (await other.send('GET', '/session')).body.person.id
    expect((await other.send('GET', '/connections')).status).toBe(200)
    expect((await other.send('POST', '/flows', { provider: 'linkedin' })).status).toBe(403)
    expect((await other.send('GET', '/api/v1/api-keys')).status).toBe(403)
    expect((await other.send('POST', '/invitations', { email: 'x@example.com', role: 'viewer' })).status).toBe(403)
    expect((await browser.send('PATCH', `/members/${me}`, { role: 'admin' })).status).toBe(204)
    expect((await other.send('POST', '/flows', { provider: 'linkedin' })).status).toBe(201)
    expect((await other.send('GET', '/api/v1/api-keys')).status).toBe(403)
  })

  it('an admin gives and takes nothing of an owner', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'admin')
    const boss = (await browser.send('GET', '/session')).body.person.id
    for (const [method, path, body] of [
      ['PATCH', `/members/${boss}`, { role: 'viewer' }],
      ['DELETE', `/members/${boss}`, undefined],
      ['POST', '/invitations', { email: 'x@example.com', role: 'owner' }],
    ] as const)
      expect(await other.send(method, path, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('keep an owner: the last can neither leave nor step down', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'owner')
    const [boss, second] = await Promise.all(
      [browser, other].map(async (one) => (await one.send('GET', '/session')).body.person.id),
    )
    const left = await Promise.all([
      browser.send('DELETE', `/members/${boss}`),
      other.send('DELETE', `/members/${second}`),
    ])
    expect(left.map((one) => one.status).sort()).toEqual([204, 409])
  })

  it('who are put out see nothing any more, and read why', async () => {
    const browser = await owner()
    const other = await invited(browser, 'tomas@example.com', 'admin')
    const me = (await other.send('GET', '/session')).body.person.id
    expect((await browser.send('DELETE', `/members/${me}`)).status).toBe(204)
    expect(await other.send('GET', '/connections')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await other.send('GET', '/session')).body).toMatchObject({
      workspace: null,
      workspaces: [],
      permissions: [],
    })
  })

  it('name their workspace by its id, and no other', async () => {
    const browser = await owner()
    const { id } = (await browser.send('GET', '/session')).body.workspace
    const named = (workspace: string) =>
      browser.send('GET', '/connections', undefined, { 'mooring-workspace': workspace })
    expect((await named(id)).status).toBe(200)
    expect(await named('5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f')).toMatchObject({ status: 404 })
    expect(await named('x')).toMatchObject({ status: 404 })
  })
})
