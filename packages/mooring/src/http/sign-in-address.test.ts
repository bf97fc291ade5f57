/** An e-mail address and whose it is; what a reset by letter leaves of an account that somebody else may have set up. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Mailbox, openMailbox } from '../../test/mailbox.ts'
import { totp } from '../../test/totp.ts'
import { createWorld, type TestBrowser, type World } from '../../test/world.ts'

const EMAIL = 'mara@example.com'
const NEW = 'mara@new.example'
const PASSWORD = 'brisk otter lantern 44'
const NEXT = 'velvet harbour quince 7'

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

async function owner(): Promise<TestBrowser> {
  const browser = world.browser()
  await browser.signIn()
  expect((await browser.send('PATCH', '/me', { email: EMAIL })).status).toBe(200)
  expect((await browser.send('PUT', '/me/password', { password: PASSWORD })).status).toBe(204)
  return browser
}
async function invited(by: TestBrowser, email: string, role = 'viewer'): Promise<TestBrowser> {
  const { body } = await by.send('POST', '/invitations', { email, role })
  const browser = world.browser()
  const token = new URL(body.link).hash.slice(1)
  const answer = await browser.send('POST', '/session/invitation/accept', { token, name: 'Tomas', password: PASSWORD })
  expect(answer.status).toBe(200)
  mailbox.letters.length = 0
  return browser
}
const signIn = (browser: TestBrowser, email: string, password = PASSWORD) =>
  browser.send('POST', '/session/password', { email, password })
const me = async (browser: TestBrowser) => (await browser.send('GET', '/me')).body
const who = async (browser: TestBrowser) => (await browser.send('GET', '/session')).status
const tokenIn = (text: string, page: string) => new RegExp(`/${page}#([\\w-]+)`).exec(text)?.[1] ?? ''
const confirmToken = async (to: string) => tokenIn((await mailbox.next(to)).text, 'confirm-address')
async function resetToken(email: string): Promise<string> {
  expect((await world.browser().send('POST', '/session/reset-request', { email })).status).toBe(204)
  return tokenIn((await mailbox.next(email)).text, 'reset-password')
}

describe('another address', () => {
  const change = (browser: TestBrowser, email = NEW) => browser.send('PATCH', '/me', { email, password: PASSWORD })

  it('counts once the letter to it was opened by who asked for it', async () => {
    const browser = await owner()
    expect((await change(browser)).body).toMatchObject({ email: EMAIL, newEmail: NEW, emailConfirmed: false })
    const token = await confirmToken(NEW)
    expect(token.length).toBeGreaterThan(40)
    expect((await signIn(world.browser(), NEW)).status).toBe(401)
    expect((await signIn(world.browser(), EMAIL)).status).toBe(200)
    expect((await browser.send('POST', '/me/email/confirm', { token })).body).toMatchObject({
      email: NEW,
      newEmail: null,
      emailConfirmed: true,
    })
    expect((await signIn(world.browser(), EMAIL)).status).toBe(401)
    expect((await signIn(world.browser(), NEW)).status).toBe(200)
    expect(await browser.send('POST', '/me/email/confirm', { token })).toMatchObject({
      status: 410,
      body: { code: 'link_over' },
    })
  })

  it('is confirmed by nobody who is not signed in as them: a stranger’s click proves nothing', async () => {
    const browser = await owner()
    const attacker = await invited(browser, 'mallory@example.com')
    await change(attacker, 'victim@example.com')
    const token = await confirmToken('victim@example.com')
    expect((await world.browser().send('POST', '/me/email/confirm', { token })).status).toBe(401)
    expect((await browser.send('POST', '/me/email/confirm', { token })).status).toBe(410)
    expect((await me(attacker)).email).toBe('mallory@example.com')
    expect((await browser.send('POST', '/me/email/confirm', { token: 'x' })).status).toBe(410)
  })

  it('is over after a day, with the next one, with a new password, and when the old one is set again', async () => {
    const browser = await owner()
    const confirm = async (token: string) => (await browser.send('POST', '/me/email/confirm', { token })).status
    await change(browser)
    const first = await confirmToken(NEW)
    await change(browser, 'other@new.example')
    const second = await confirmToken('other@new.example')
    expect(await confirm(first)).toBe(410)
    expect((await browser.send('PATCH', '/me', { email: EMAIL })).body.newEmail).toBeNull()
    expect(await confirm(second)).toBe(410)
    await change(browser)
    const third = await confirmToken(NEW)
    expect((await browser.send('PUT', '/me/password', { current: PASSWORD, password: NEXT })).status).toBe(204)
    expect(await confirm(third)).toBe(410)
    // A new one may be asked for at once.
    expect((await browser.send('PATCH', '/me', { email: NEW, password: NEXT })).body.newEmail).toBe(NEW)
    const fourth = await confirmToken(NEW)
    world.advance(86_401)
    expect(await confirm(fourth)).toBe(410)
    expect((await me(browser)).email).toBe(EMAIL)
  })

  it('that somebody else has, or takes meanwhile, is refused', async () => {
    const browser = await owner()
    await invited(browser, 'tomas@example.com')
    expect(await change(browser, 'Tomas@example.com')).toMatchObject({ status: 409, body: { code: 'conflict' } })
    await change(browser)
    const token = await confirmToken(NEW)
    await invited(browser, NEW)
    expect((await browser.send('POST', '/me/email/confirm', { token })).status).toBe(409)
  })

  it('that was never proved can be, and a letter is sent again, but not for ever', async () => {
    const browser = await owner()
    expect((await me(browser)).emailConfirmed).toBe(false)
    const again = () => browser.send('POST', '/me/email/letter')
    expect((await again()).status).toBe(204)
    expect((await browser.send('POST', '/me/email/confirm', { token: await confirmToken(EMAIL) })).body).toMatchObject({
      email: EMAIL,
      emailConfirmed: true,
    })
    expect(await again()).toMatchObject({ status: 409, body: { code: 'conflict' } })
    await change(browser)
    for (let letters = 0; letters < 3; letters += 1) expect((await again()).status).toBe(204)
    const refused = await again()
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(refused.body.retryAfter).toBeGreaterThan(0)
  })

  it('is not changed where the letter cannot be sent', async () => {
    const browser = await owner()
    mailbox.full = true
    expect(await change(browser)).toMatchObject({ status: 502, body: { code: 'mail_failed' } })
    mailbox.full = false
    expect(await me(browser)).toMatchObject({ email: EMAIL, newEmail: null })
  })

  it('ends the reset links that went to the old one', async () => {
    const browser = await owner()
    const token = await resetToken(EMAIL)
    await change(browser)
    await browser.send('POST', '/me/email/confirm', { token: await confirmToken(NEW) })
    expect((await world.browser().send('POST', '/session/reset', { token, password: NEXT })).status).toBe(410)
  })

  it('is set by nobody whose session is old and who has no password', async () => {
    const browser = world.browser()
    await browser.signIn()
    await world.database.query("update mooring.people set email = 'owner@example.com'")
    world.advance(86_400 + 3600)
    const answers = [
      await browser.send('PATCH', '/me', { email: NEW }),
      await browser.send('PUT', '/me/password', { password: PASSWORD }),
      await browser.send('POST', '/me/authenticator', {}),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { code: 'sign_in_again' } })
    expect((await me(browser)).hasPassword).toBe(false)
  })
})

describe('a reset by letter', () => {
  /** Somebody who set up all there is on an address that is not theirs. */
  async function ambush(email: string): Promise<{ browser: TestBrowser; uri: string }> {
    const browser = await invited(await owner(), email)
    const { uri } = (await browser.send('POST', '/me/authenticator', { password: PASSWORD })).body
    expect((await browser.send('POST', '/me/authenticator/confirm', { code: totp(uri) })).status).toBe(204)
    const id = (await me(browser)).id
    const uuid = () => crypto.randomUUID()
    await world.database.query(
      `insert into mooring.passkeys (id, person_id, public_key, credential_id, counter, device_type, backed_up)
       values ($1, $2, 'key', $3, 0, 'singleDevice', false)`,
      [uuid(), id, uuid()],
    )
    await world.database.query(
      "insert into mooring.logins (id, person_id, provider_id, account_id) values ($1, $2, 'oidc', 'mallory')",
      [uuid(), id],
    )
    expect(await me(browser)).toMatchObject({ twoFactor: true, oidc: true, passkeys: [{}] })
    return { browser, uri }
  }

  it('that proves an address for the first time leaves nothing of who was there before', async () => {
    const { browser } = await ambush('victim@example.com')
    const token = await resetToken('victim@example.com')
    const victim = world.browser()
    expect((await victim.send('POST', '/session/reset', { token, password: NEXT })).status).toBe(204)
    expect(await who(browser)).toBe(401)
    expect((await signIn(world.browser(), 'victim@example.com')).status).toBe(401)
    expect((await signIn(victim, 'victim@example.com', NEXT)).status).toBe(200)
    expect(await me(victim)).toMatchObject({ emailConfirmed: true, twoFactor: false, oidc: false, passkeys: [] })
  })

  it('of a proved address keeps the second step and the passkeys', async () => {
    const { browser } = await ambush('tomas@example.com')
    await browser.send('POST', '/me/email/letter')
    const confirmed = await browser.send('POST', '/me/email/confirm', {
      token: await confirmToken('tomas@example.com'),
    })
    expect(confirmed.status).toBe(200)
    const token = await resetToken('tomas@example.com')
    expect((await world.browser().send('POST', '/session/reset', { token, password: NEXT })).status).toBe(204)
    expect((await signIn(world.browser(), 'tomas@example.com', NEXT)).status).toBe(202)
    expect(await world.database.query('select 1 from mooring.passkeys')).toHaveLength(1)
  })

  it('is asked for five times an hour, whoever has the address, and answers at once where the mail server is slow', async () => {
    await owner()
    for (const email of [EMAIL, 'nobody@example.com']) {
      const statuses: number[] = []
      for (let times = 0; times < 6; times += 1) {
        statuses.push((await world.browser().send('POST', '/session/reset-request', { email })).status)
        world.advance(121)
      }
      expect(statuses).toEqual([204, 204, 204, 204, 204, 429])
    }
  })
})

describe('a browser that is known', () => {
  async function known(): Promise<{ browser: TestBrowser; phone: TestBrowser; uri: string }> {
    const browser = await owner()
    const { uri } = (await browser.send('POST', '/me/authenticator', { password: PASSWORD })).body
    await browser.send('POST', '/me/authenticator/confirm', { code: totp(uri) })
    const phone = world.browser()
    await signIn(phone, EMAIL)
    const code = { code: totp(uri), remember: true }
    expect((await phone.send('POST', '/session/second-step', code)).status).toBe(200)
    await phone.send('DELETE', '/session')
    return { browser, phone, uri }
  }

  it('is asked for a code again after a new password', async () => {
    const { browser, phone } = await known()
    expect((await browser.send('PUT', '/me/password', { current: PASSWORD, password: NEXT })).status).toBe(204)
    expect((await signIn(phone, EMAIL, NEXT)).status).toBe(202)
  })

  it('is asked again when everybody else is signed out, and after another authenticator app', async () => {
    const { browser, phone } = await known()
    expect((await browser.send('DELETE', '/me/sessions')).body).toEqual({ ended: 0 })
    expect((await signIn(phone, EMAIL)).status).toBe(202)
  })

  it('knows nothing of an authenticator app that came later', async () => {
    const { browser, phone } = await known()
    expect((await browser.send('POST', '/me/authenticator/remove', { password: PASSWORD })).status).toBe(204)
    const { uri } = (await browser.send('POST', '/me/authenticator', { password: PASSWORD })).body
    expect((await browser.send('POST', '/me/authenticator/confirm', { code: totp(uri) })).status).toBe(204)
    expect((await signIn(phone, EMAIL)).status).toBe(202)
  })

  it('half a sign-in is over with a new password', async () => {
    const { browser, uri } = await known()
    const half = world.browser()
    expect((await signIn(half, EMAIL)).status).toBe(202)
    await browser.send('PUT', '/me/password', { current: PASSWORD, password: NEXT })
    expect((await half.send('POST', '/session/second-step', { code: totp(uri) })).status).toBe(401)
  })
})
