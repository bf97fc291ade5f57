/** Where the platforms send people back: one path a registration, GET alone, an answer without a body. */
import type { Context } from 'hono'
import { knownAs, operators } from '../../connections/engine.ts'
import { isMooringError, MooringError } from '../../error.ts'
import { finishFlow } from '../../flows/finish.ts'
import { returnUrl, sessionPage } from '../../flows/return-to.ts'
import { workspaceOf } from '../../flows/secrets.ts'
import { askingOf, present } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { clearFlow, readFlow } from '../cookies.ts'
import { escapeHtml, page } from '../page.ts'

/** Longer than any real callback; what is beyond it is not looked at. */
const MOST_QUERY = 16_384

export function callbackRoutes(app: App, options: HttpOptions): void {
  app.get('/callback/:registration', async (c) => {
    // Link scanners send HEAD; a callback must not be used up by one.
    if (c.req.method !== 'GET') {
      c.header('Allow', 'GET')
      throw new MooringError('method_not_allowed', 'A callback takes GET alone.')
    }
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
    try {
      return await finish(c, options)
    } catch (error) {
      if (isMooringError(error) && error.status < 500) return explain(c, options, error)
      throw error
    }
  })
}

async function finish(c: Context<Vars>, options: HttpOptions): Promise<Response> {
  const { search, searchParams } = new URL(c.req.url)
  if (search.length > MOST_QUERY) throw new MooringError('callback_invalid', 'This link is not one of ours.')
  const named = c.req.param('registration') ?? ''
  // Whose own it is, the flow tells; to a stranger one that is nobody's reads the same.
  const { id } = knownAs(options.engine, named)?.own ? { id: named } : operators(options.engine, named)
  const bindings = await flowBindings(c, options)
  const done = await finishFlow(options.engine, {
    registration: id,
    params: searchParams,
    binding: bindings,
    present: await present(c, options),
  })
  clearFlow(c, options, done.flowId)
  await noteFlow(c, options, searchParams.get('state') ?? '', done)
  const { error, completion } = done
  if (completion) {
    const { at, code } = completion
    return c.redirect(returnUrl(at, options.baseUrl, { flow: done.flowId, code, ...NOTHING_ELSE }), 303)
  }
  if (done.checkpoint && done.connectSession !== undefined)
    return c.redirect(sessionPage(options.baseUrl, done.connectSession, '/accounts'), 303)
  const detail = options.development ? error?.detail : undefined
  const outcome = {
    flow: done.flowId,
    checkpoint: done.checkpoint,
    error: error?.code,
    message: error?.message,
    detail,
  }
  return c.redirect(returnUrl(done.returnTo, options.baseUrl, outcome), 303)
}

/** In the audit, as the deed of who started it: that the one who finishes is the same was looked at. */
async function noteFlow(
  c: Context<Vars>,
  options: HttpOptions,
  state: string,
  { flowId, error, completion }: { flowId: string; error?: { code: string } | undefined; completion?: unknown },
): Promise<void> {
  const workspace = workspaceOf(state)
  const flow = workspace && (await options.engine.store.flows.get(workspace, flowId))
  if (!flow) return
  const { address, headers } = askingOf(c, options)
  const [kind = '', ...id] = flow.starter.split(':')
  await options.audit.note({
    workspace,
    action: completion ? 'flow.consented' : 'flow.finished',
    outcome: error ? 'refused' : 'ok',
    code: error?.code,
    actor: { kind, id: id.join(':'), name: flow.starter_name },
    address,
    browser: headers.get('user-agent'),
    target: { kind: 'flow', id: flowId },
  })
}

/** Under these names a host's page looks for what happened; whatever its address held before is not that. */
const NOTHING_ELSE = { checkpoint: undefined, error: undefined, message: undefined, detail: undefined }

/** Opens the signed cookies of the flows that this browser holds, once. */
async function flowBindings(c: Context<Vars>, options: HttpOptions): Promise<(flowId: string) => string | undefined> {
  const ids = [...(c.req.header('cookie') ?? '').matchAll(/mooring-flow-([0-9a-f-]{36})=/g)].map(
    (match) => match[1] ?? '',
  )
  const found = new Map<string, string>()
  for (const id of ids.slice(0, 20)) {
    const value = await readFlow(c, options, id)
    if (value !== undefined) found.set(id, value)
  }
  return (flowId) => found.get(flowId)
}

/** There is no flow to go back to, so the sentence stands on a page of its own. Nothing of the address is repeated. */
function explain(c: Context<Vars>, { consoleDir }: HttpOptions, error: MooringError): Response {
  const back = consoleDir === undefined ? '' : '<p><a href="/accounts">Go to Mooring</a></p>'
  const body = `<h1>This did not work</h1><p>${escapeHtml(error.message)}</p>${back}<p><code>${error.code}</code></p>`
  return c.html(page('This did not work', body), error.status as 400)
}
