import { chromium } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { findChromium } from '../scripts/chromium.ts'
import { startServer } from './support/server.ts'
import { connectMara } from './support/steps.ts'
const server = await startServer()
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
const page = await context.newPage()
page.setDefaultTimeout(60000)
try {
await page.goto(await server.signInLink())
await page.waitForURL('**/accounts')
await connectMara(page)
await page.getByRole('button', { name: 'Connect X', exact: true }).click()
await page.getByRole('button', { name: 'Authorize app' }).click()
await page.locator('[data-slot=toast]').filter({ hasText: 'X is connected' }).waitFor()
await page.getByRole('button', { name: 'Connect Facebook', exact: true }).click()
await page.getByRole('button', { name: 'Continue' }).click()
const n = page.getByRole('checkbox', { name: 'Northwind Studio' })
await n.first().click(); await n.last().click()
await page.getByRole('button', { name: /^Connect 2/ }).click()
await page.locator('[data-slot=toast]').filter({ hasText: 'Facebook is connected' }).waitFor()
} catch (e) { await page.screenshot({ path: '/tmp/cp/dev/fail.png' }); console.log(String(e)) }
await context.storageState({ path: '/tmp/cp/dev/state.json' })
writeFileSync('/tmp/cp/dev/info.json', JSON.stringify({ url: server.url, sandbox: server.sandbox, key: 'mk_e2e_0123456789abcdef0123', dataDir: server.dataDir }))
console.log('READY', server.url, server.sandbox)
await browser.close()
process.on('SIGTERM', async () => { await server.stop(); process.exit(0) })
setInterval(() => {}, 1e6)
