/** Around our page for flows by credentials: where its browser goes at the end, and where a service's own page says how it went. */
import { bodyLimit } from 'hono/body-limit'
import { NOTICE_HEADER, seatNotice } from '../../connections/seat-notice.ts'
import { MooringError } from '../../error.ts'
import { flowOfBrowser, leaveFlow } from '../../flows/credentials/browser.ts'
import { hostedNotice } from '../../flows/credentials/hosted.ts'
import { returnUrl, sessionPage } from '../../flows/return-to.ts'
import { chooserOf } from '../../flows/settle.ts'
import type { App, HttpOptions } from '../context.ts'
import { clearConnect, clearFlow, readFlow } from '../cookies.ts'

const MOST_NOTICE = 16 * 1024

const limit = bodyLimit({
  maxSize: MOST_NOTICE,
  onError: () => {
    throw new MooringError('body_too_large', 'That is too large.', {
      detail: `A notice may have ${MOST_NOTICE} bytes.`,
    })
  },
})

export function credentialsPageRoutes(app: App, options: HttpOptions): void {
  const { engine, baseUrl } = options

  app.get('/connect/:id/done', async (c) => {
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
    const id = c.req.param('id')
    const secret = await readFlow(c, options, id)
    const flow = secret === undefined ? undefined : await flowOfBrowser(engine, id, secret)
    if (!flow) throw new MooringError('not_found', 'There is no such flow in this browser.')
    const { row, completion } = await leaveFlow(engine, flow.workspace_id, id)
    clearFlow(c, options, id)
    if (completion) return c.redirect(returnUrl(completion.at, baseUrl, { flow: id, code: completion.code }), 303)
    const session = await chooserOf(engine, flow.workspace_id, row)
    if (session !== undefined && row.state === 'checkpoint')
      return c.redirect(sessionPage(baseUrl, session, '/accounts'), 303)
    if (session !== undefined) clearConnect(c, options, session)
    const outcome = {
      flow: id,
      checkpoint: row.state === 'checkpoint' ? 'accounts' : undefined,
      error: row.state === 'connected' ? undefined : (row.error_code ?? undefined),
      message: row.state === 'connected' ? undefined : (row.error_message ?? undefined),
    }
    return c.redirect(returnUrl(row.return_to, baseUrl, outcome), 303)
  })

  app.post('/push/:registration/seats', limit, async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    await seatNotice(engine, c.req.param('registration'), c.req.header(NOTICE_HEADER), body)
    return c.body(null, 200)
  })

  app.post('/hosted/:secret', limit, async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    await hostedNotice(engine, c.req.param('secret'), body)
    return c.body(null, 200)
  })
}
