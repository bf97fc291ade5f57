/** The guides and provider pages, as they lie in `docs/`, for people who have the console open. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Marked } from 'marked'
import type { App, HttpOptions } from '../context.ts'
import { page } from '../page.ts'
import { notFound } from '../problem.ts'

const marked = new Marked({
  // Links between the pages name files; here they are addresses. What lies outside docs/ is not served.
  walkTokens: (token) => {
    if (token.type !== 'link') return
    if (/^(\.\.\/)?[a-z-]+(\/[a-z-]+)?\.md(#[\w-]+)?$/.test(token.href))
      token.href = token.href.replace(/\.md(?=$|#)/, '')
    // Of the checkout: here it leads nowhere, and reads as what it says.
    else if (/^\.\.?\//.test(token.href)) token.type = 'text'
  },
})

export function docsRoutes(app: App, { docsDir }: HttpOptions): void {
  if (docsDir === undefined) return
  app.get('/docs/:section{providers|guides}/:name{[a-z-]+}', async (c) => {
    const { section, name } = c.req.param()
    const markdown = await readFile(join(docsDir, section, `${name}.md`), 'utf8').catch(() => {
      throw notFound()
    })
    const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name
    return c.html(page(title, await marked.parse(markdown), 'wide'))
  })
}
