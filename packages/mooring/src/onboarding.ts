/** A workspace's first steps: which there are, how far it is, and what may be said of one. */
import { MooringError } from './error.ts'
import type { Runtime } from './runtime.ts'
import type { OnboardingRows } from './store/onboarding.ts'
import type { Store } from './store/store.ts'

export interface Step {
  id: string
  kind: 'business' | 'connect' | 'webhook' | 'host'
  title: string
  text: string
  /** Of a host's own: where it is done. */
  href: string | null
  /** Of `connect`: one of these is enough. */
  providers: readonly string[]
}

export interface Onboarding {
  steps: (Step & { state: 'open' | 'done' | 'skipped' })[]
  /** The first that is open; null: there is none. */
  current: string | null
  /** Somebody was greeted with it. */
  seen: boolean
}

export interface OnboardingParts {
  runtime: Pick<Runtime, 'now'>
  store: Pick<Store, 'onboarding' | 'workspaces'>
  steps: readonly Step[]
}

export async function onboardingOf({ store, steps }: OnboardingParts, workspace: string): Promise<Onboarding> {
  return judge(steps, await store.onboarding.get(workspace))
}

/** What is there counts as done, whatever was said. Pure. Exported for its tests. */
export function judge(steps: readonly Step[], rows: OnboardingRows): Onboarding {
  const judged = steps.map((step) => ({
    ...step,
    state: isThere(step, rows) ? ('done' as const) : (rows.said.get(step.id) ?? ('open' as const)),
  }))
  return {
    steps: judged,
    current: judged.find((one) => one.state === 'open')?.id ?? null,
    seen: rows.seenAt !== null,
  }
}

function isThere({ kind, providers }: Step, rows: OnboardingRows): boolean {
  if (kind === 'business') return rows.hasProfile
  if (kind === 'webhook') return rows.hasWebhook
  return kind === 'connect' && providers.some((one) => rows.providers.includes(one))
}

/** Throws `not_found` for a step that there is not, `conflict` where only what is there can say that it is done. */
export async function sayOfStep(
  parts: OnboardingParts,
  workspace: string,
  id: string,
  state: 'done' | 'skipped' | 'open',
): Promise<Onboarding> {
  const step = parts.steps.find((one) => one.id === id)
  if (!step) throw new MooringError('not_found', 'There is no such step.')
  if (state === 'done' && step.kind !== 'host')
    throw new MooringError('conflict', 'This step is done when what it asks for is there. It can be skipped.')
  await parts.store.onboarding.say(workspace, id, state, new Date(parts.runtime.now()))
  return onboardingOf(parts, workspace)
}

/** It greets nobody by itself any more. */
export async function markSeen(parts: OnboardingParts, workspace: string): Promise<Onboarding> {
  const seen = await onboardingOf(parts, workspace)
  if (seen.seen) return seen
  await parts.store.workspaces.change(workspace, { onboarding_seen_at: new Date(parts.runtime.now()) })
  return { ...seen, seen: true }
}
