import { expect, expectAccessible, expectFits, test, watchHosts } from './support/fixtures.ts'
import { startServer } from './support/server.ts'

test('a platform that is not set up says what to do, with the exact address', async ({ context }) => {
  const bare = await startServer({}, ['--no-sandbox'])
  const page = await context.newPage()
  const strangers = watchHosts(page, bare)
  try {
    await page.goto(await bare.signInLink())
    await page.waitForURL('**/accounts')
    const linkedin = page.getByRole('region', { name: 'LinkedIn', exact: true })
    await expect(linkedin.getByText('Not configured')).toBeVisible()
    await expect(page.getByText(`${bare.url}/callback/linkedin`, { exact: true })).toBeVisible()
    await expect(page.getByText('LINKEDIN_CLIENT_ID')).toBeVisible()
    await expect(page.getByText('LINKEDIN_CLIENT_SECRET')).toBeVisible()
    await linkedin.getByText('LinkedIn pages', { exact: true }).click()
    await expect(page.getByText(`${bare.url}/callback/linkedin-community`, { exact: true })).toBeVisible()
    await expect(linkedin.getByRole('button', { name: 'Check again' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Connect/ })).toBeHidden()
    await expect(page.getByText(/Simulated/)).toBeHidden()
    await expectFits(page, 'not configured')
    await expectAccessible(page, 'not configured')
    expect(strangers, 'requests to other hosts').toEqual([])
  } finally {
    await bare.stop()
  }
})
