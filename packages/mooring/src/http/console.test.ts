/** What the server says of the console's addresses, and of those that are none. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isPage, PAGES } from './routes/console.ts'

it('knows the pages that the console has, and no other', () => {
  const router = readFileSync(new URL('../../../../apps/console/src/app/router.tsx', import.meta.url), 'utf8')
  const paths = [...router.matchAll(/path: '\/([^'/]*)[^']*'/g)].map((match) => match[1] ?? '')
  expect([...new Set(paths)].sort()).toEqual([...PAGES].sort())
})

it.each(['/', '/accounts', '/accounts/5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f/choose', '/settings/own', '/sign-in'])(
  '%s is a page',
  (path) => expect(isPage(path)).toBe(true),
)

it.each([
  '/accounts.bak',
  '/accounts~',
  '/.env',
  '/settings/.git/config',
  '/wp-login.php',
  '/nowhere',
  '/accounts/%2e%2e',
])('%s is none', (path) => expect(isPage(path)).toBe(false))
