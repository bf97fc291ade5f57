/** The next time of the week at which a workspace posts and nothing is to go out yet. */
import { MooringError } from '../error.ts'
import type { Publishing } from './publishing.ts'
import { instantOf, slotsAfter, type WallTime } from './times.ts'

/** So many slots ahead are looked at: a year of three a day. */
const MOST = 1100

/** The coming free ones, soonest first. Empty where the workspace has no slots. */
export async function freeSlots(
  { engine }: Publishing,
  workspace: string,
  now: Date,
  most: number,
): Promise<{ at: WallTime; due: Date }[]> {
  const { zone, slots } = await engine.store.publishing.get(workspace)
  const free: { at: WallTime; due: Date }[] = []
  const coming = slotsAfter(slots, zone, now.getTime(), MOST).map((at) => ({ at, due: instantOf(at, now.getTime()) }))
  for (let from = 0; from < coming.length && free.length < most; from += 100) {
    const some = coming.slice(from, from + 100)
    const taken = new Set(
      (
        await engine.store.publishing.taken(
          workspace,
          some.map((one) => one.due),
        )
      ).map((one) => one.getTime()),
    )
    free.push(...some.filter((one) => !taken.has(one.due.getTime())))
  }
  return free.slice(0, most)
}

/** Throws `time_refused` where there is none. */
export async function nextFreeSlot(publishing: Publishing, workspace: string, now: Date): Promise<WallTime> {
  const [first] = await freeSlots(publishing, workspace, now, 1)
  if (first) return first.at
  throw new MooringError(
    'time_refused',
    'This workspace has no free slots. Set its weekly slots under Settings → Publishing, or pick a time.',
    {
      fields: [{ path: 'when.how', message: 'no free slot' }],
    },
  )
}
