/** The built console: hashed assets that may be kept for ever, and one page for every address of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { App, HttpOptions } from '../context.ts'
import { escapeHtml, page } from '../page.ts'

/** Where the console has pages, by the first part of the path. A test compares them with the console's own router. */
export const PAGES = [
  ...['', 'setup', 'sign-in', 'forgot-password', 'reset-password', 'invitation', 'confirm-address'],
  ...['onboarding', 'connect', 'accounts', 'compose', 'calendar', 'posts', 'timeline', 'activity', 'settings'],
]

/** A file that somebody looks for (`/accounts.bak`) is no page. Pure. */
export function isPage(path: string): boolean {
  const [, first = ''] = path.split('/')
  return PAGES.includes(first) && /^[\w/-]*$/.test(path)
}

export function consoleRoutes(app: App, options: HttpOptions): void {
  const { consoleDir } = options
  if (consoleDir === undefined) {
    app.get('/', (c) =>
      c.html(
        page(
          'Mooring',
          `<h1>Mooring runs</h1><p>The console is not built here. The API is at <a href="/api/v1/docs">${escapeHtml('/api/v1')}</a>.</p>`,
        ),
      ),
    )
    return
  }
  app.use(
    '*',
    serveStatic({
      root: consoleDir,
      onFound: (path, c) =>
        c.header('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    }),
  )
  // Not as a GET of every address: each unknown one would then seem to be there for GET.
  app.use('*', async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    if (c.req.path.startsWith('/api/') || !(c.req.header('accept') ?? '').includes('text/html')) return next()
    c.header('Cache-Control', 'no-cache')
    // The console says in its own words that there is no such page; a program reads it from the status.
    return c.html(readFileSync(join(consoleDir, 'index.html'), 'utf8'), isPage(c.req.path) ? 200 : 404)
  })
}
