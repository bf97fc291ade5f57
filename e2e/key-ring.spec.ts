/** The vault's keys: how far a move is, sealing anew, and a key that is missing. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, expectFits, test, watchHosts } from './support/fixtures.ts'
import { startServer } from './support/server.ts'
import { connectMara } from './support/steps.ts'

test('a new key, sealing anew, and the old one may go', async ({ context }) => {
  const server = await startServer()
  const page = await context.newPage()
  const strangers = watchHosts(page, server)
  const ring = page.locator('[data-slot=key-ring]')
  const keys = ring.getByRole('list', { name: 'Keys' }).getByRole('listitem')
  const good = async (what: string) => {
    await expectFits(page, what)
    await expectAccessible(page, what)
  }
  try {
    await page.goto(await server.signInLink())
    await page.waitForURL('**/accounts')
    await connectMara(page)
    await page.goto(`${server.url}/settings/security`)
    await expect(keys).toHaveCount(1)
    await expect(keys).toContainText('Active')
    await expect(ring).toContainText('Everything rests on')
    await expect(ring.getByRole('button', { name: 'Re-seal now' })).toBeHidden()
    const values = (await keys.innerText()).match(/(\d+) values/)?.[1]

    const old = readFileSync(join(server.dataDir, 'vault.key'), 'utf8').trim()
    const fresh = randomBytes(32).toString('base64url')
    await server.restart({ MOORING_VAULT_KEYS: `${fresh},${old}` })
    await page.reload()
    await expect(keys).toHaveCount(2)
    await expect(keys.first()).toContainText('Active')
    await expect(keys.first()).toContainText('0 values')
    await expect(keys.last()).toContainText('Opens only')
    await expect(keys.last()).toContainText(`${values} values`)
    await good('a key ring to move')
    await ring.getByRole('button', { name: 'Re-seal now' }).click()
    await expect(ring.getByRole('status')).toContainText(`${values} values sealed anew.`)
    await expect(keys.last()).toContainText('Unused')
    await expect(ring).toContainText('may be removed from MOORING_VAULT_KEYS')
    await expect(ring.getByRole('button', { name: 'Re-seal now' })).toBeHidden()
    await ring.getByText('1 process, all with the same key in front').click()
    await expect(ring).toContainText('answers you now')
    await good('a key ring that moved')

    // Whoever takes out the key that all rests on reads what to put back.
    await server.restart({ MOORING_VAULT_KEYS: old })
    await page.goto(await server.signInLink())
    await page.waitForURL('**/accounts')
    await page.goto(`${server.url}/settings/security`)
    await expect(ring.locator('[data-tone=bad]').first()).toContainText('Unknown key')
    await expect(ring).toContainText(/values cannot be opened here\. Put the key \S+ back into MOORING_VAULT_KEYS/)
    await good('a key that is missing')
    expect(strangers, 'requests to other hosts').toEqual([])
  } finally {
    await server.stop()
  }
})

test('whoever may not see it does not see that it is there', async ({ signedIn: page, server }) => {
  await page.route('**/api/v1/vault', (route) =>
    route.fulfill({ status: 404, json: { code: 'not_found', detail: '' } }),
  )
  await page.goto(`${server.url}/settings/security`)
  await expect(page.getByRole('heading', { name: 'How you sign in' })).toBeVisible()
  await expect(page.locator('[data-slot=key-ring]')).toBeHidden()
})

test('a refusal is told where it happened', async ({ signedIn: page, server }) => {
  const vault = { total: 9, processes: [], safeToRemove: [] }
  const key = (kid: string, values: number, sealing: boolean) => ({ kid, values, sealing, inRing: true, byColumn: {} })
  await page.route('**/api/v1/vault', (route) =>
    route.fulfill({ json: { ...vault, keys: [key('newest', 4, true), key('older', 5, false)] } }),
  )
  await page.route('**/api/v1/vault/rotate', (route) =>
    route.fulfill({
      status: 409,
      json: { code: 'conflict', detail: 'A process does not have the newest key.', operatorDetail: 'on host b' },
    }),
  )
  await page.goto(`${server.url}/settings/security`)
  await page.getByRole('button', { name: 'Re-seal now' }).click()
  const ring = page.locator('[data-slot=key-ring]')
  await expect(ring.getByRole('alert')).toContainText('A process does not have the newest key.')
  await expect(ring.getByRole('alert')).toContainText('on host b')
})
