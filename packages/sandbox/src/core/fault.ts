import { z } from 'zod'
import { json } from './answer.ts'
import type { Answer } from './ask.ts'
import type { Platform } from './route.ts'

const base = {
  /** An endpoint's name, a prefix ending in `*`, or `*` for every one. */
  endpoint: z.string().min(1),
  method: z.string().toUpperCase().optional(),
  /** How many matching calls fail; `always` until cleared. */
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
  /** How many matching calls pass unharmed first. */
  skip: z.number().int().nonnegative().default(0),
}
/** Whether the platform did what was asked before it went wrong. */
const when = z.enum(['before', 'after']).default('before')

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('answer'),
    when,
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('gateway'),
    when,
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).default(502),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('throttle'),
    level: z.enum(['application', 'member']).default('application'),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('redirect'),
    when,
    to: z.string().min(1),
    status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(302),
  }),
  z.strictObject({ ...base, kind: z.literal('reset'), when: z.enum(['before', 'after', 'during']).default('before') }),
  z.strictObject({ ...base, kind: z.literal('hang'), when }),
  z.strictObject({ ...base, kind: z.literal('slow'), ms: z.number().int().min(0).max(600_000) }),
  z.strictObject({ ...base, kind: z.literal('content-type'), value: z.string() }),
  z.strictObject({ ...base, kind: z.literal('truncate') }),
  z.strictObject({ ...base, kind: z.literal('drop'), fields: z.array(z.string()).min(1) }),
  z.strictObject({ ...base, kind: z.literal('set'), fields: z.record(z.string(), z.unknown()) }),
])

export type Fault = z.output<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>

/** How one request is to be served: the work done or not, and what the caller then sees of it. */
export interface Plan {
  name: string
  delayMs: number
  work: boolean
  wire: 'whole' | 'reset' | 'partial' | 'hang'
  shape(answer: Answer): Answer
}

const same = (answer: Answer): Answer => answer
const plan = (fault: Fault, rest: Partial<Plan>): Plan => ({
  name: fault.kind,
  delayMs: 0,
  work: true,
  wire: 'whole',
  shape: same,
  ...rest,
})

const REASONS: Record<number, string> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** What a load balancer in front of a platform says; it knows nothing of JSON. */
export function gatewayPage(status: number): Answer {
  const title = `${status} ${REASONS[status] ?? 'Error'}`
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html>
<head><title>${title}</title></head>
<body>
<center><h1>${title}</h1></center>
</body>
</html>
`,
  }
}

function made(fault: Extract<Fault, { kind: 'answer' }>): Answer {
  if (typeof fault.body === 'string') {
    return { status: fault.status, headers: { 'content-type': 'text/plain', ...fault.headers }, body: fault.body }
  }
  if (fault.body === undefined) return { status: fault.status, headers: fault.headers, body: '' }
  return json(fault.status, fault.body, fault.headers)
}

function edit(answer: Answer, change: (fields: Record<string, unknown>) => Record<string, unknown>): Answer {
  if (typeof answer.body !== 'string') return answer
  try {
    const parsed: unknown = JSON.parse(answer.body)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return answer
    return { ...answer, body: JSON.stringify(change(parsed as Record<string, unknown>)) }
  } catch {
    return answer
  }
}

const half = (answer: Answer): Answer => ({ ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) })

/** Judges a fault into a plan. Pure, so that every fault can be tested without a socket. */
export function planFor(fault: Fault, platform: Pick<Platform, 'throttled'>): Plan {
  switch (fault.kind) {
    case 'answer':
      return plan(fault, { work: fault.when === 'after', shape: () => made(fault) })
    case 'gateway':
      return plan(fault, { work: fault.when === 'after', shape: () => gatewayPage(fault.status) })
    case 'throttle':
      return plan(fault, { work: false, shape: () => platform.throttled(fault.level) })
    case 'redirect':
      return plan(fault, {
        work: fault.when === 'after',
        shape: () => ({ status: fault.status, headers: { location: fault.to }, body: '' }),
      })
    case 'reset':
      return plan(fault, { work: fault.when !== 'before', wire: fault.when === 'during' ? 'partial' : 'reset' })
    case 'hang':
      return plan(fault, { work: fault.when === 'after', wire: 'hang' })
    case 'slow':
      return plan(fault, { delayMs: fault.ms })
    case 'content-type':
      return plan(fault, { shape: (a) => ({ ...a, headers: { ...a.headers, 'content-type': fault.value } }) })
    case 'truncate':
      return plan(fault, { shape: half })
    case 'drop':
      return plan(fault, {
        shape: (a) => edit(a, (f) => Object.fromEntries(Object.entries(f).filter(([k]) => !fault.fields.includes(k)))),
      })
    case 'set':
      return plan(fault, { shape: (a) => edit(a, (f) => ({ ...f, ...fault.fields })) })
  }
}
