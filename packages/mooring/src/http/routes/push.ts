/** Where platforms tell us something unasked. No session and no key: the signature over the raw bytes is all that counts. */
import { bodyLimit } from 'hono/body-limit'
import { erasedAt, pushOf, receivePush } from '../../connections/push.ts'
import { MooringError } from '../../error.ts'
import type { App, HttpOptions } from '../context.ts'
import { page } from '../page.ts'

/** No platform's push is near it. */
const MOST_BODY = 64 * 1024

const limit = bodyLimit({
  maxSize: MOST_BODY,
  onError: () => {
    throw new MooringError('body_too_large', 'That is too large.', { detail: `A push may have ${MOST_BODY} bytes.` })
  },
})

export function pushRoutes(app: App, { engine, baseUrl }: HttpOptions): void {
  app.post('/push/:registration/:name', limit, async (c) => {
    const found = pushOf(engine, c.req.param('registration'), c.req.param('name'))
    const { pathname, search } = new URL(c.req.url)
    const body = new Uint8Array(await c.req.arrayBuffer())
    const arrival = { url: baseUrl + pathname + search, headers: c.req.raw.headers, body }
    const answer = await receivePush(engine, found, arrival, (code) => `${baseUrl}/push/status/${code}`)
    return answer === undefined ? c.body(null, 200) : c.json(answer)
  })

  app.get('/push/status/:code', async (c) => {
    const code = c.req.param('code')
    const at = /^[0-9a-f]{32}$/.test(code) ? await erasedAt(engine, code) : undefined
    return at === undefined ? c.html(unknownPage(), 404) : c.html(donePage(at))
  })
}

const donePage = (at: Date) =>
  page('Done', `<h1>Done</h1><p>The data was erased on ${at.toISOString().slice(0, 10)} (UTC).</p>`)

const unknownPage = () => page('Not known', '<h1>Not known</h1><p>There is no request with this code.</p>')
