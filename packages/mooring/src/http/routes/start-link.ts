/** A start link: opened in a person's browser, it says what will be connected to what, and begins with a press of a button. */

import type { Context } from 'hono'
import { knownAs } from '../../connections/engine.ts'
import { MooringError } from '../../error.ts'
import { workspaceOf } from '../../flows/secrets.ts'
import { claimTicket, previewTicket } from '../../flows/start.ts'
import { beforeConnect } from '../../provider.ts'
import { requireSameOrigin } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { writeFlow } from '../cookies.ts'
import { formHeaders } from '../form-page.ts'
import { escapeHtml, page } from '../page.ts'

export function startLinkRoutes(app: App, options: HttpOptions): void {
  const { engine } = options
  const workspaceIn = (c: Context<Vars>) => workspaceOf(c.req.param('ticket') ?? '')
  app.get('/start/:ticket', async (c) => {
    formHeaders(c)
    const workspace = workspaceIn(c)
    const flow = workspace && (await previewTicket(engine, c.req.param('ticket'), workspace))
    if (!flow) return c.html(overPage(), 410)
    const provider = knownAs(engine, flow.registration)?.provider
    const name = provider?.name ?? flow.provider
    const { name: into } = (await engine.store.workspaces.byId(workspace ?? '')) ?? { name: '' }
    return c.html(startPage(name, into, flow.starter_name, provider && beforeConnect(provider)))
  })
  app.post('/start/:ticket', async (c) => {
    formHeaders(c)
    requireSameOrigin(c, options)
    const workspace = workspaceIn(c)
    if (workspace === undefined) return c.html(overPage(), 410)
    try {
      const claimed = await claimTicket(engine, c.req.param('ticket'), workspace, options.baseUrl)
      const { flow, authorizeUrl, binding, cookieSeconds } = claimed
      await writeFlow(c, options, flow.id, binding, cookieSeconds)
      return c.redirect(authorizeUrl, 303)
    } catch (error) {
      if (error instanceof MooringError && error.code === 'flow_finished') return c.html(overPage(), 410)
      throw error
    }
  })
}

const startPage = (provider: string, workspace: string, starter: string, before: string | null | undefined) =>
  page(
    `Connect ${provider}`,
    `<h1>Connect ${escapeHtml(provider)}</h1>
<p>An account of yours there will be connected to the workspace <strong>${escapeHtml(workspace)}</strong>. Asked for by: ${escapeHtml(starter)}. Go on only if you expected this.</p>${before ? `<p>${escapeHtml(before)}</p>` : ''}
<form method="post"><button type="submit">Go on to ${escapeHtml(provider)}</button></form>`,
  )

const overPage = () =>
  page(
    'Link over',
    '<h1>This link is over</h1><p>It was used already, or is older than 10 minutes. Ask for a new one.</p>',
  )
