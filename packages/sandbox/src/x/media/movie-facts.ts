import { type Box, boxes, find, type ReadAt, seconds } from '../../core/video-facts.ts'

/** What the `moov` box of an MP4 or QuickTime file says of its pictures. */
export interface MovieFacts {
  durationMs: number
  width: number
  height: number
  framesPerSecond: number
  /** `avc1` and `avc3` are H.264. */
  codec: string
}

/** How many pictures there are: pairs of a number and how long each of so many is shown. */
function samples(table: Buffer): number {
  let all = 0
  for (let n = 0, entries = table.readUInt32BE(4); n < entries; n += 1) all += table.readUInt32BE(8 + n * 8)
  return all
}

/** Throws RangeError where a box is shorter than it must be. */
function read(moov: Buffer): MovieFacts | undefined {
  const readAt: ReadAt = (offset, length) => moov.subarray(offset, offset + length)
  const whole = { from: 0, to: moov.length }
  const down = (from: Pick<Box, 'from' | 'to'>, ...path: string[]): Buffer | undefined => {
    const box = path.reduce<Pick<Box, 'from' | 'to'> | undefined>((at, name) => at && find(readAt, at, name), from)
    return box && moov.subarray(box.from, box.to)
  }
  const track = [...boxes(readAt, 0, moov.length)]
    .filter(({ name }) => name === 'trak')
    .find((one) => down(one, 'mdia', 'hdlr')?.toString('latin1', 8, 12) === 'vide')
  const header = down(whole, 'mvhd')
  const fixed = track && down(track, 'tkhd')?.subarray(-8)
  const media = track && down(track, 'mdia', 'mdhd')
  if (!track || !header || !fixed || !media) return undefined
  const times = down(track, 'mdia', 'minf', 'stbl', 'stts')
  const length = seconds(media)
  return {
    durationMs: Math.round(seconds(header) * 1000),
    width: fixed.readUInt32BE(0) / 65_536,
    height: fixed.readUInt32BE(4) / 65_536,
    framesPerSecond: times && length > 0 ? samples(times) / length : 0,
    codec: down(track, 'mdia', 'minf', 'stbl', 'stsd')?.toString('latin1', 12, 16) ?? '',
  }
}

/** Undefined for what is no video that can be read. */
export function movieFacts(moov: Buffer | undefined): MovieFacts | undefined {
  try {
    return moov && read(moov)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
