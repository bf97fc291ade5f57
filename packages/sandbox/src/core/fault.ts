import { json } from './answer.ts'
import type { Answer } from './ask.ts'
import type { Mishap } from './fault-kinds.ts'
import type { Platform } from './route.ts'

/** How one request is to be served: the work done or not, and what the caller then sees of it. */
export interface Plan {
  name: string
  /** Waited before the work, in real milliseconds. */
  delayMs: number
  /** Waited between the work and its answer. */
  answerMs: number
  work: boolean
  wire: 'whole' | 'reset' | 'partial' | 'hang'
  shape(answer: Answer): Answer
}

const same = (answer: Answer): Answer => answer
const plan = (fault: Mishap, rest: Partial<Plan>): Plan => ({
  name: fault.kind,
  delayMs: 0,
  answerMs: 0,
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

function made(fault: Extract<Mishap, { kind: 'answer' }>): Answer {
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

/** Judges a mishap into a plan. Pure, so that every fault can be tested without a socket. */
export function planFor(fault: Mishap, platform: Pick<Platform, 'throttled'>): Plan {
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
      return plan(fault, fault.when === 'after' ? { answerMs: fault.ms } : { delayMs: fault.ms })
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
