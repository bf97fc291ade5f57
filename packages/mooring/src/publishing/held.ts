/** One delivery under this process's lease: what is known of it, and the only way to write it down. */
import { isMooringError } from '../error.ts'
import type { Progress } from '../provider-publishing.ts'
import type { Work } from '../store/delivery-load.ts'
import type { Change } from '../store/delivery-write.ts'
import type { Publishing } from './publishing.ts'

/** Another process has it: whatever is known here goes nowhere. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

export interface Held {
  publishing: Publishing
  workspace: string
  id: string
  lease: string
  work: Work
  /** As it stands in the row. */
  progress: Progress
  /** The newest attempt, as far as it is known here. */
  attempt: Work['attempt']
  /** It is asked for again although nobody knows what became of the try before: until the platform says what is there it stays unknown. */
  doubted: boolean
}

export function hold(publishing: Publishing, lease: string, work: Work): Held {
  const { workspace_id: workspace, id, progress } = work.delivery
  return { publishing, workspace, id, lease, work, progress, attempt: work.attempt, doubted: false }
}

/** For so many seconds a database that is away is waited for. */
const PATIENCE = 60

/** What became of an attempt is known here alone: it is written as soon as there is a database. */
export async function insist<T>({ publishing }: Pick<Held, 'publishing'>, work: () => Promise<T>): Promise<T> {
  for (let left = PATIENCE; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left === 0 || !isMooringError(error) || error.code !== 'database_unavailable') throw error
      await publishing.engine.runtime.sleep(1000)
    }
  }
}

/** Throws LeaseLost where nothing was written. */
export async function write(held: Held, change: Change): Promise<void> {
  const { publishing, workspace, id, lease, work } = held
  const { runtime, store } = publishing.engine
  const once = () => store.deliveryWork.write(workspace, id, lease, new Date(runtime.now()), change)
  if (!(await (change.attempt ? insist(held, once) : once()))) throw new LeaseLost()
  Object.assign(work.delivery, change.set)
  if (change.attempt && held.attempt?.id === change.attempt.id)
    held.attempt = { ...held.attempt, outcome: change.attempt.outcome }
  publishing.changed(workspace, work.delivery.post_id)
}

/** With what was learnt now. */
export const learning = (held: Held, learnt: Progress | undefined): { progress?: Progress } => {
  if (!learnt || Object.keys(learnt).length === 0) return {}
  held.progress = { ...held.progress, ...learnt }
  return { progress: held.progress }
}
