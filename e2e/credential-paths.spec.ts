/** Signing in to LinkedIn through a service, by a link that an agency sent: each way that it can go, without an account here. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import type { Server } from './support/server.ts'

const PASSWORD = 'sandbox-password'
const mail = (person: string) => `${person}@sandbox.example`

/** A link as an agency makes it. Each has a count of tries of its own. */
async function linkFor(server: Server, input: object = {}): Promise<{ id: string; url: string }> {
  const { status, body } = await server.api('POST', '/connect-links', {
    provider: 'unipile',
    clientName: 'Ada',
    ...input,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body as { id: string; url: string }
}

async function good(page: Page, what: string): Promise<void> {
  await expectFits(page, what)
  await expectAccessible(page, what)
}

async function openForm(page: Page, server: Server, input: object = {}): Promise<void> {
  const { url } = await linkFor(server, input)
  await page.goto(url)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', { name: /^Sign in to LinkedIn/ })).toBeVisible()
}

async function signIn(page: Page, person: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail or phone').fill(mail(person))
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function code(page: Page, text: string): Promise<void> {
  await page.getByLabel('Code').fill(text)
  await page.getByRole('button', { name: 'Verify' }).click()
}

const connected = (page: Page) =>
  expect(page.locator('[data-slot=connection-success]')).toBeVisible({ timeout: 60_000 })

test('a wrong password, a code by SMS, a wrong code, and the link is used', async ({ page, server }) => {
  const { url } = await linkFor(server)
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Connect LinkedIn for Ada' })).toBeVisible()
  await good(page, 'the link')
  await page.getByRole('button', { name: 'Go on' }).click()
  const name = page.getByLabel('E-mail or phone')
  const secret = page.getByLabel('Password', { exact: true })
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('autocomplete', 'username')
  await expect(secret).toHaveAttribute('autocomplete', 'current-password')
  await good(page, 'the form')
  await signIn(page, 'sms', 'wrong')
  await expect(page.getByRole('alert')).toContainText('LinkedIn does not take this e-mail and password.')
  await expect(secret).toBeFocused()
  await expect(name).toHaveValue(mail('sms'))
  await good(page, 'the form, refused')
  await signIn(page, 'sms')
  const digits = page.getByLabel('Code')
  await expect(digits).toBeFocused()
  await expect(digits).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(
    page
      .getByRole('timer')
      .or(page.getByText(/\d:\d\d/))
      .first(),
  ).toBeVisible()
  await good(page, 'the code')
  await code(page, '000000')
  await expect(page.getByRole('alert')).toContainText('That code is not right.')
  await good(page, 'the code, refused')
  await code(page, '123456')
  await connected(page)
  await good(page, 'connected')
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'This link was used' })).toBeVisible()
  await good(page, 'the link, used')
})

test('an approval in the app, with nothing to type', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'approve-or-code')
  await expect(page.getByRole('heading', { name: 'Approve on your phone' })).toBeFocused()
  await good(page, 'the approval')
  await server.control({ unipile: { approve: { person: 'approve-or-code' } } })
  await connected(page)
  await openForm(page, server)
  await signIn(page, 'approve-or-code')
  await page.getByRole('button', { name: 'Use a code instead' }).click()
  await code(page, '123456')
  await connected(page)
})

test('a telephone number, and the code that follows; two codes one after the other', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'phone')
  await expect(page.getByLabel('Country')).toBeFocused()
  await good(page, 'the telephone number')
  await page.getByLabel('Country').fill('+33')
  await page.getByLabel('Number').fill('06 12 34 56 78')
  await page.getByRole('button', { name: /code/i }).first().click()
  await code(page, '123456')
  await connected(page)
  await openForm(page, server)
  await signIn(page, 'twice')
  await expect(page.getByText(/e-mail/i).first()).toBeVisible()
  await code(page, '123456')
  await expect(page.getByText(/SMS|text/i).first()).toBeVisible()
  await expect(page.getByLabel('Code')).toHaveValue('')
  await code(page, '123456')
  await connected(page)
})

test('another code can be sent after half a minute, and the one before counts no more', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'otp')
  await expect(page.getByLabel('Code')).toBeFocused()
  await expect(page.getByRole('button', { name: /^Send a new code in/ })).toHaveAttribute('aria-disabled', 'true')
  await server.advance(31_000)
  // The page goes by the server's clock from its next start on.
  await page.addInitScript(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 31_000
  })
  await page.reload()
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click()
  await expect(page.getByText('A new code is on its way.')).toBeVisible()
  await code(page, '123456')
  await expect(page.getByRole('alert')).toContainText('That code is not right.')
  await code(page, '654321')
  await connected(page)
})

test('a captcha leads to the service’s own page, and back', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'captcha')
  await expect(page.locator('[data-slot=two-factor-form]')).toBeVisible()
  await good(page, 'what only the service’s own page can show')
  await page.getByRole('button', { name: 'Open Unipile’s page' }).click()
  await page.waitForURL(/127\.0\.0\.1/)
  await page.getByRole('combobox').selectOption(mail('captcha'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'I am not a robot' }).click()
  await page.waitForURL('**/connect/**')
  await connected(page)
})

test('locked, too many tries, and a service that is down', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'locked')
  await expect(page.getByRole('heading', { name: 'LinkedIn locked this account' })).toBeVisible()
  await good(page, 'locked')
  await page.getByRole('button', { name: 'It is unlocked, try again' }).click()
  await signIn(page, 'limited')
  await expect(page.getByRole('heading', { name: 'A pause before the next try' })).toBeVisible()
  await good(page, 'the cool-down')
  await openForm(page, server)
  await signIn(page, 'down')
  await expect(page.getByText(/Unipile does not answer|not answering/).first()).toBeVisible()
  await good(page, 'asked again')
  await connected(page)
})

test('an attempt that dies, and one whose five minutes are over, come back to the form', async ({ page, server }) => {
  await openForm(page, server)
  await signIn(page, 'dies')
  await code(page, '123456')
  await expect(page.getByRole('alert')).toContainText('The five minutes for this are over.')
  await expect(page.getByLabel('E-mail or phone')).toHaveValue(mail('dies'))
  await good(page, 'the form, after an attempt that died')
  await signIn(page, 'totp')
  await expect(page.getByLabel('Code')).toBeVisible()
  await server.advance(301_000)
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('The five minutes for this are over.')
})

test('a link that was withdrawn, and one that is nobody’s', async ({ page, server }) => {
  const { id, url } = await linkFor(server)
  expect((await server.api('DELETE', `/connect-links/${id}`)).status).toBe(204)
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await good(page, 'a link that does not work')
})

test('in the console: a seat is picked from many, watched, and asked to sign in again by a link', async ({
  signedIn: page,
  server,
}) => {
  await page
    .locator('[data-provider=heyreach]')
    .getByRole('button', { name: /^Connect/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Choose a seat' })).toBeVisible()
  await good(page, 'the seats of a service')
  const search = page.getByRole('searchbox')
  await search.fill('nobody at all')
  await expect(page.getByText('Nothing found for')).toBeVisible()
  await search.fill('')
  const seat = page.getByRole('radio', { disabled: false }).first()
  await seat.check()
  await page.getByRole('button', { name: /^(Connect|Take|Use)/ }).click()
  await connected(page)
  await page.goto(`${server.url}/accounts/seats`)
  await expect(page.getByRole('heading', { name: 'Seats', exact: true })).toBeVisible()
  await good(page, 'the seats')
  const [connection] = (
    (await server.api('GET', '/connections?limit=200')).body as {
      data: { id: string; provider: string; state: string; accounts: { subject: string }[] }[]
    }
  ).data.filter((one) => one.provider === 'heyreach' && one.state === 'connected')
  await server.control({ heyreach: { seat: { id: Number(connection?.accounts[0]?.subject), authIsValid: false } } })
  await server.api('POST', `/connections/${connection?.id}/test`)
  await page.reload()
  await expect(page.getByText(/needs a new sign-in/).first()).toBeVisible()
  await good(page, 'a seat that needs a new sign-in')
  await page.getByRole('button', { name: 'New link' }).click()
  await page.getByLabel('For whom').fill('Ada')
  await good(page, 'a new link')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(
    page
      .getByText(/\/connect\/ml_/)
      .or(page.locator('input[value*="/connect/ml_"]'))
      .first(),
  ).toBeVisible()
  await good(page, 'a link, shown once')
})
