/** The next time of the week at which a workspace posts and nothing is to go out yet. */
import { MooringError } from '../error.ts'
import type { Publishing } from './publishing.ts'
import { instantOf, slotsAfter, type WallTime } from './times.ts'

/** So many slots ahead are looked at: a year of three a day. */
const MOST = 1100

export interface Slot {
  at: WallTime
  due: Date
}
/** Which of these times are taken. */
type Taken = (times: readonly Date[]) => Promise<Date[]>

/** Free or not, soonest first. */
async function comingSlots({ engine }: Publishing, workspace: string, now: Date): Promise<Slot[]> {
  const { zone, slots } = await engine.store.publishing.get(workspace)
  return slotsAfter(slots, zone, now.getTime(), MOST).map((at) => ({ at, due: instantOf(at, now.getTime()) }))
}

async function freeAmong(coming: readonly Slot[], taken: Taken, most: number): Promise<Slot[]> {
  const free: Slot[] = []
  for (let from = 0; from < coming.length && free.length < most; from += 100) {
    const some = coming.slice(from, from + 100)
    const times = new Set((await taken(some.map((one) => one.due))).map((one) => one.getTime()))
    free.push(...some.filter((one) => !times.has(one.due.getTime())))
  }
  return free.slice(0, most)
}

/** The coming free ones, soonest first. Empty where the workspace has no slots. */
export async function freeSlots(publishing: Publishing, workspace: string, now: Date, most: number): Promise<Slot[]> {
  const { taken } = publishing.engine.store.publishing
  return freeAmong(await comingSlots(publishing, workspace, now), (times) => taken(workspace, times), most)
}

/** Chosen when it is asked for what is taken. Throws `time_refused` where there is none. */
export async function slotChooser(
  publishing: Publishing,
  workspace: string,
  now: Date,
): Promise<(taken: Taken) => Promise<WallTime>> {
  const coming = await comingSlots(publishing, workspace, now)
  return async (taken) => {
    const [first] = await freeAmong(coming, taken, 1)
    if (first) return first.at
    throw noSlot()
  }
}

const noSlot = () =>
  new MooringError(
    'time_refused',
    'This workspace has no free slots. Set its weekly slots under Settings → Publishing, or pick a time.',
    {
      fields: [{ path: 'when.how', message: 'no free slot' }],
    },
  )
