import { z } from 'zod'

/** Whether the platform did what was asked before it went wrong. */
const when = z.enum(['before', 'after']).default('before')

const answer = z.strictObject({
  kind: z.literal('answer'),
  when,
  status: z.number().int().min(200).max(599),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
})
const gateway = z.strictObject({
  kind: z.literal('gateway'),
  when,
  status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).default(502),
})
const throttle = z.strictObject({
  kind: z.literal('throttle'),
  level: z.enum(['application', 'member']).default('application'),
})
const redirect = z.strictObject({
  kind: z.literal('redirect'),
  when,
  to: z.string().min(1),
  status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(302),
})
const reset = z.strictObject({
  kind: z.literal('reset'),
  when: z.enum(['before', 'after', 'during']).default('before'),
})
const hang = z.strictObject({ kind: z.literal('hang'), when })
/** Late `before` the work (a caller that gave up is served all the same), or `after` it. */
const slow = z.strictObject({ kind: z.literal('slow'), when, ms: z.number().int().min(0).max(600_000) })
const contentType = z.strictObject({ kind: z.literal('content-type'), value: z.string() })
const truncate = z.strictObject({ kind: z.literal('truncate') })
const drop = z.strictObject({ kind: z.literal('drop'), fields: z.array(z.string()).min(1) })
const set = z.strictObject({ kind: z.literal('set'), fields: z.record(z.string(), z.unknown()) })

/** One mishap, wherever it happens. */
export const mishapSchema = z.discriminatedUnion('kind', [
  answer,
  gateway,
  throttle,
  redirect,
  reset,
  hang,
  slow,
  contentType,
  truncate,
  drop,
  set,
])

const call = {
  /** An endpoint's name, a prefix ending in `*`, or `*` for every one. */
  endpoint: z.string().min(1),
  method: z.string().toUpperCase().optional(),
  /** How many matching calls fail; `always` until cleared. */
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
  /** How many matching calls pass unharmed first. */
  skip: z.number().int().nonnegative().default(0),
}

/** A mishap and the calls that meet it. */
export const faultSchema = z.discriminatedUnion('kind', [
  answer.extend(call),
  gateway.extend(call),
  throttle.extend(call),
  redirect.extend(call),
  reset.extend(call),
  hang.extend(call),
  slow.extend(call),
  contentType.extend(call),
  truncate.extend(call),
  drop.extend(call),
  set.extend(call),
])

export type Mishap = z.output<typeof mishapSchema>
export type Fault = z.output<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
