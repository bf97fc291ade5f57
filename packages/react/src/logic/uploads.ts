/** Files on their way, in the order in which they were chosen. Pure. */
import type { MediaItem } from '../api.ts'

export interface Upload {
  key: string
  /** The list that it goes to: `all media`, `<account id> thread.1.media`. */
  place: string
  file: File
  state: 'waiting' | 'sending' | 'arrived' | 'failed'
  /** From 0 to 1. */
  part: number
  item?: MediaItem | undefined
  error?: string | undefined
}
export type UploadQueue = readonly Upload[]

/** At once: more only wait for each other, and a browser keeps few connections to one host. */
const AT_ONCE = 2

export const begun = (key: string, place: string, file: File): Upload => ({
  key,
  place,
  file,
  state: 'waiting',
  part: 0,
})

/**
 * What comes next: those to start, and those that have arrived and stand behind no other that is still on its way to the
 * same list. They leave the queue. The same queue where there is nothing to do.
 */
export function advanced(queue: UploadQueue): { queue: UploadQueue; start: Upload[]; arrived: Upload[] } {
  const held = new Set<string>()
  const arrived: Upload[] = []
  for (const one of queue) {
    if (one.state === 'arrived' && !held.has(one.place)) arrived.push(one)
    else if (one.state !== 'failed') held.add(one.place)
  }
  const sending = queue.filter((one) => one.state === 'sending').length
  const start = queue.filter((one) => one.state === 'waiting').slice(0, Math.max(0, AT_ONCE - sending))
  if (start.length === 0 && arrived.length === 0) return { queue, start, arrived }
  const next = queue
    .filter((one) => !arrived.includes(one))
    .map((one) => (start.includes(one) ? { ...one, state: 'sending' as const } : one))
  return { queue: next, start, arrived }
}

export const isOnItsWay = ({ state }: Pick<Upload, 'state'>): boolean => state !== 'failed'

/** The files in what was pasted or dropped. */
export const filesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]

export const placeOf = (scope: string, at: string): string => `${scope} ${at}`

export function partsOf(place: string): { scope: string; at: string } {
  const space = place.indexOf(' ')
  return { scope: place.slice(0, space), at: place.slice(space + 1) }
}
