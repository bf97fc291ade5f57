/** One call of a delivery's, and what became of it: learnt, refused, lost. */
import { isMooringError, unknownFault } from '../error.ts'
import { isOk } from '../provider.ts'
import type { Outcome, PublishFault, Step } from '../provider-publishing.ts'
import type { Change } from '../store/delivery-write.ts'
import type { Access, Acting } from './acting.ts'
import { excerptOf } from './excerpt.ts'
import { fileFault } from './file-fault.ts'
import { type Held, insist, LeaseLost, learning, write } from './held.ts'
import { CallFault, send } from './request.ts'
import * as settle from './settle.ts'
import { createLost } from './unknown.ts'

type Call = Extract<Step, { do: 'call' }>
/** So often what nothing hangs on is asked for again. */
const PATIENCE = 2

/** One call and what became of it. `on`: the next step; `renew`: the token was refused. */
export async function take(
  held: Held,
  acting: Acting,
  access: Access,
  content: Parameters<Acting['publisher']['next']>[0],
  step: Call,
): Promise<'on' | 'renew' | 'settled'> {
  const { publishing, workspace } = held
  const { engine, budgets } = publishing
  const { publisher, as, caller } = acting
  let attempt: string | undefined
  if (step.create) {
    attempt = await begin(held, step.create.part)
    if (attempt === undefined) return 'settled'
  }
  budgets.spend(caller, publisher, as, step.endpoint)
  let answer: Awaited<ReturnType<typeof send>>
  try {
    answer = await send(
      { runtime: engine.runtime, files: publishing.files, workspace, access, publisher },
      step.request,
      step.create !== undefined,
    )
  } catch (error) {
    return unanswered(held, acting, step, attempt, error)
  }
  budgets.learn(caller, publisher, answer, step.endpoint)
  const good = isOk(answer) || step.reads?.includes(answer.status)
  const outcome: Outcome = good
    ? read(step, answer)
    : {
        fault: publisher.judge(
          answer,
          {
            endpoint: step.endpoint,
            create: step.create !== undefined,
            limited: held.work.delivery.fault_class === 'rate',
          },
          engine.runtime.now(),
        ),
      }
  const facts = { status: answer.status, excerpt: isOk(answer) ? null : excerptOf(answer, [access.token]) }
  if (!('fault' in outcome)) return learn(held, acting, content, step, attempt, outcome, facts)
  return refused(held, acting, step, attempt, outcome.fault, facts)
}

/** Of a good answer that cannot be read nobody knows what it said. */
function read(step: Call, answer: Parameters<Call['read']>[0]): Outcome {
  try {
    return step.read(answer)
  } catch (error) {
    const message = 'The platform answered with something that cannot be read.'
    return { fault: { class: 'platform', code: unknownFault(error), message, unknown: step.create !== undefined } }
  }
}

/** Who stood still for longer since the attempt was written may have been given up for dead: others look for what it did not send. */
const STALE_MS = 10_000

/** Undefined: nothing may leave now, and the delivery says so. */
async function begin(held: Held, part: string): Promise<string | undefined> {
  const { runtime } = held.publishing.engine
  const id = runtime.uuid()
  const unsent = (message: string) =>
    settle.again(held, { class: 'network', message, againAfterMs: 0 }, { attempt: { id, outcome: 'refused', message } })
  const before = runtime.now()
  try {
    await write(held, { set: { state: 'sending' }, begin: { id, part } })
  } catch (error) {
    // It may have been written all the same, and whoever found it so would not know that nothing left.
    if (!isMooringError(error) || error.code !== 'database_unavailable') throw error
    await unsent('Our database was away: nothing was sent yet.')
    return undefined
  }
  held.attempt = { id, part, outcome: 'sending', ageMs: 0, doubtMs: null }
  if (Math.abs(runtime.now() - before) <= STALE_MS) return id
  await unsent('The server stood still: nothing was sent yet.')
  return undefined
}

interface Facts {
  status: number
  excerpt: string | null
}

async function learn(
  held: Held,
  { publisher, as }: Acting,
  content: Parameters<Acting['publisher']['next']>[0],
  step: Call,
  attempt: string | undefined,
  outcome: Exclude<Outcome, { fault: PublishFault }>,
  { status }: Facts,
): Promise<'on' | 'settled'> {
  const { runtime } = held.publishing.engine
  const change = attempt
    ? { attempt: { id: attempt, outcome: 'accepted' as const, status } }
    : { step: { id: runtime.uuid(), name: step.name, status, message: null } }
  try {
    if ('wait' in outcome) {
      // A create that was taken: what is waited for is told in what was learnt.
      await settle.processing(held, outcome.wait, outcome.learnt, change)
      return 'settled'
    }
    const next = publisher.next(content, as, { ...held.progress, ...outcome.learnt }, runtime.now())
    if (next.do === 'done') {
      await settle.published(held, next, change, outcome.learnt)
      return 'settled'
    }
    if (attempt) held.doubted = false
    const state = attempt || held.doubted ? 'sending' : 'processing'
    await write(held, { ...change, set: { ...learning(held, outcome.learnt), state, tries: 0 } })
    return 'on'
  } catch (error) {
    if (!(error instanceof LeaseLost) || !attempt) throw error
    // The answer came after the lease: it is the truth all the same.
    const known = { id: attempt, outcome: 'accepted' as const, status }
    const { deliveryWork } = held.publishing.engine.store
    const now = () => new Date(runtime.now())
    await insist(held, () => deliveryWork.late(held.workspace, held.id, now(), known, outcome.learnt ?? {}))
    return 'settled'
  }
}

async function refused(
  held: Held,
  acting: Acting,
  step: Call,
  attempt: string | undefined,
  refusal: PublishFault,
  { status, excerpt }: Facts,
): Promise<'on' | 'renew' | 'settled'> {
  const fault = { ...refusal, doubt: step.doubt }
  const { runtime } = held.publishing.engine
  if (fault.class === 'rate' && fault.againAfterMs !== undefined)
    held.publishing.budgets.block(acting.caller, step.endpoint, runtime.now() + fault.againAfterMs)
  const said = { status, provider_code: fault.code?.slice(0, 120) ?? null, message: fault.message, excerpt }
  if (attempt === undefined) {
    const change = { step: { id: runtime.uuid(), name: step.name, status, message: fault.message } }
    if (fault.class === 'auth') {
      await write(held, { ...change, set: {} })
      return 'renew'
    }
    if (step.otherwise && (fault.againAfterMs === undefined || held.work.delivery.tries >= PATIENCE)) {
      await write(held, { ...change, set: { ...learning(held, step.otherwise), state: 'processing', tries: 0 } })
      return 'on'
    }
    await (fault.againAfterMs === undefined && fault.class !== 'platform'
      ? settle.failed(held, fault, change)
      : settle.again(held, fault, change))
    return 'settled'
  }
  const ends = (outcome: 'refused' | 'unknown' | 'accepted') => ({ attempt: { id: attempt, outcome, ...said } })
  const lost = fault.unknown || (status >= 500 && fault.unknown !== false)
  if (lost || fault.class !== 'auth') {
    const wait = lost ? undefined : fault.againAfterMs
    if (await leftOut(held, step, wait, ends(lost ? 'unknown' : 'refused'))) return 'on'
  }
  if (lost) {
    const { name } = acting.registration.provider
    await createLost(held, `${name} met a fault of its own: nobody knows whether this was published.`, said)
    return 'settled'
  }
  const earlier = fault.class === 'duplicate' ? await doubtedBefore(held, step.create?.part) : []
  if (fault.existing && earlier.length > 0) {
    held.doubted = false
    await write(held, { ...ends('accepted'), set: { ...learning(held, fault.existing), state: 'sending' } })
    return 'on'
  }
  // Who was told so, and says that it is not there, is not asked a second time.
  if (earlier.length > 0 && earlier.every((one) => one.provider_code !== fault.code)) {
    const { name } = acting.registration.provider
    const message = `${name} has the same post of this account already: an earlier try may have made it. Look there, then say whether it is live.`
    await settle.unknown(held, message, null, ends('refused'))
    return 'settled'
  }
  if (fault.class === 'auth') {
    await write(held, { ...ends('refused'), set: {} })
    return 'renew'
  }
  await (fault.againAfterMs === undefined
    ? settle.failed(held, fault, ends('refused'))
    : settle.again(held, fault, ends('refused')))
  return 'settled'
}

/** The post is out: what may be missing of it keeps nobody waiting for longer than this, and not twice. */
const OPTIONAL_WAIT_MS = 60_000

/**
 * Goes on without what may be missing, and says so. `waitMs`: it could be tried again after that; undefined: it could not. False: it is
 * no such part, or is waited for.
 */
export async function leftOut(
  held: Held,
  step: Call,
  waitMs: number | undefined,
  change: Pick<Change, 'attempt'> = {},
): Promise<boolean> {
  const optional = step.create?.optional
  if (!optional) return false
  const waited = held.work.delivery.fault_class !== null
  if (waitMs !== undefined && waitMs <= OPTIONAL_WAIT_MS && !waited) return false
  await write(held, {
    ...change,
    set: { ...learning(held, optional.learnt), warning: optional.warning, state: 'sending' },
  })
  return true
}

/** Earlier tries of this part that may have made what the platform says is there. */
async function doubtedBefore(held: Held, part: string | undefined) {
  const { store } = held.publishing.engine
  const detail = await store.deliveries.detail(held.workspace, held.id)
  return (detail?.attempts ?? []).filter(
    (one) => one.part === part && (one.outcome === 'unknown' || one.outcome === 'absent'),
  )
}

async function unanswered(
  held: Held,
  { registration }: Acting,
  step: Call,
  attempt: string | undefined,
  error: unknown,
): Promise<'on' | 'settled'> {
  const { name } = registration.provider
  if (!(error instanceof CallFault) && !isMooringError(error)) throw error
  const { runtime } = held.publishing.engine
  const message = `${name} is not answering.`
  const left = error instanceof CallFault && error.sent
  if (attempt !== undefined) {
    const ended = { attempt: { id: attempt, outcome: left ? ('unknown' as const) : ('refused' as const), message } }
    if (await leftOut(held, step, left ? undefined : 0, ended)) return 'on'
  }
  if (attempt !== undefined && left) {
    await createLost(held, `${name} did not answer: nobody knows whether this was published.`)
    return 'settled'
  }
  if (attempt === undefined && step.otherwise && held.work.delivery.tries >= PATIENCE) {
    await write(held, { set: { ...learning(held, step.otherwise), state: 'processing', tries: 0 } })
    return 'on'
  }
  const lost: PublishFault = isMooringError(error) ? fileFault(error) : { class: 'network', message, againAfterMs: 0 }
  const fault = { ...lost, doubt: step.doubt }
  const change =
    attempt === undefined
      ? { step: { id: runtime.uuid(), name: step.name, status: null, message: fault.message } }
      : { attempt: { id: attempt, outcome: 'refused' as const, message: fault.message } }
  await (fault.againAfterMs === undefined ? settle.failed(held, fault, change) : settle.again(held, fault, change))
  return 'settled'
}
