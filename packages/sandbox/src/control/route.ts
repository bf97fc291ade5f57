import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { z } from 'zod'
import { json, redirect } from '../core/answer.ts'
import { type Answer, form } from '../core/ask.ts'
import { BodyTooLarge, readAsk } from '../core/read.ts'
import { send } from '../core/serve.ts'
import type { Player } from '../core/simulator.ts'
import type { Control } from './control.ts'
import { pageSteers } from './guard.ts'
import { NothingMatches } from './nothing-matches.ts'
import { CONTROL_PATH, LEDGER_PATH, PRESS_PATH } from './paths.ts'
import { pressed } from './press.ts'

/** A command as it came over HTTP, to an answer. */
export function judgeCommand(control: Control, type: string, source: string): Answer {
  // Not a type that a plain form of another site can send.
  if (!/^application\/json\s*(;|$)/i.test(type)) return json(415, { error: 'Send application/json.' })
  try {
    control.apply(JSON.parse(source))
    return json(200, { ok: true, clock: control.state().clock })
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) })
    if (error instanceof NothingMatches) return json(422, { error: error.message })
    if (error instanceof SyntaxError) return json(400, { error: 'The body is not JSON.' })
    throw error
  }
}

function ledger(control: Control, platform: string): Answer {
  try {
    return json(200, { posts: control.ledger(platform) }, { 'cache-control': 'no-store' })
  } catch (error) {
    if (error instanceof NothingMatches) return json(404, { error: error.message })
    throw error
  }
}

/** Does what a button says; answers with what the page is to tell. */
function press(control: Control, players: readonly Player[], fields: URLSearchParams): string {
  try {
    control.apply(pressed(fields, players))
    return encodeURIComponent(fields.get('do') ?? '')
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof NothingMatches) return 'nothing'
    throw error
  }
}

export interface ControlSurface {
  control: Control
  players: readonly Player[]
  own(): readonly string[]
  host: string
}

/** Adds the control endpoint to one of the sandbox's ports. */
export function addControl(
  app: Hono<{ Bindings: HttpBindings }>,
  { control, players, own, host }: ControlSurface,
): void {
  app.post(PRESS_PATH, async (c) => {
    const refused = pageSteers(c.req.raw.headers, own(), host)
    if (refused) return send(c, json(403, { error: refused }))
    const ask = await readAsk(c.req.raw, c.env.incoming.url ?? '/', {}, 16 * 1024)
    return send(c, redirect(`/?said=${press(control, players, form(ask) ?? new URLSearchParams())}`, 303))
  })
  app.get(LEDGER_PATH, (c) => {
    const refused = pageSteers(c.req.raw.headers, own(), host)
    return send(c, refused ? json(403, { error: refused }) : ledger(control, c.req.param('platform')))
  })
  app.all(CONTROL_PATH, async (c) => {
    const refused = pageSteers(c.req.raw.headers, own(), host)
    if (refused) return send(c, json(403, { error: refused }))
    if (c.req.method === 'GET') return send(c, json(200, control.state(), { 'cache-control': 'no-store' }))
    if (c.req.method !== 'POST') return send(c, json(405, { error: 'GET shows, POST steers.' }, { allow: 'GET, POST' }))
    try {
      const ask = await readAsk(c.req.raw, c.env.incoming.url ?? '/', {}, 256 * 1024)
      return send(c, judgeCommand(control, ask.headers.get('content-type') ?? '', new TextDecoder().decode(ask.body)))
    } catch (error) {
      if (error instanceof BodyTooLarge)
        return send(c, json(413, { error: 'The command is too large.' }, { connection: 'close' }))
      throw error
    }
  })
}
