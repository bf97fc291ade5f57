import { chromium } from '@playwright/test'
import { readFileSync } from 'node:fs'
const info = JSON.parse(readFileSync('/tmp/cp/dev/info.json', 'utf8'))
const [scenario, width = '1280', theme = 'dark', out = scenario] = process.argv.slice(2)
const phone = Number(width) < 720
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ storageState: '/tmp/cp/dev/state.json', viewport: { width: Number(width), height: 800 }, colorScheme: theme as 'dark', ...(phone ? { isMobile: true, hasTouch: true } : {}) })
const page = await context.newPage()
page.setDefaultTimeout(15000)
page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text().slice(0, 400)))
page.on('pageerror', (e) => console.log('PAGEERROR', e.message.slice(0, 400)))
page.on('response', (r) => r.status() >= 400 && console.log('HTTP', r.status(), r.request().method(), r.url().slice(0, 120)))
const file = `/tmp/cp/dev/${out}-${width}-${theme}.png`
const api = async (method: string, path: string, body?: unknown) => {
  const r = await fetch(info.url + '/api/v1' + path, { method, headers: { authorization: `Bearer ${info.key}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
  const t = await r.text(); return t ? JSON.parse(t) : undefined
}
const mod = await import(`/tmp/cp/dev/${scenario}.mjs`)
try { await mod.default({ page, url: info.url, api, file, phone, info }) } catch (e) { console.log('FAILED', String(e).slice(0, 1500)) }
await page.screenshot({ path: file, fullPage: mod.full ?? false })
console.log(file)
await browser.close()
