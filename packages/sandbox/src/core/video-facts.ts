/** What an MP4 says of itself (ISO/IEC 14496-12): boxes of a length and a name, `moov/mvhd` with the duration, `tkhd` with the size. */
export interface VideoFacts {
  seconds: number
  width: number
  height: number
}

/** So many bytes from a place; fewer where the file ends. */
export type ReadAt = (offset: number, length: number) => Buffer

export interface Box {
  name: string
  from: number
  to: number
}

export function* boxes(readAt: ReadAt, from: number, to: number): Generator<Box> {
  let at = from
  while (at + 8 <= to) {
    const head = readAt(at, 16)
    if (head.length < 8) return
    const short = head.readUInt32BE(0)
    const long = short === 1 && head.length === 16
    const size = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short
    if (size < 8 || at + size > to) return
    yield { name: head.toString('latin1', 4, 8), from: at + (long ? 16 : 8), to: at + size }
    at += size
  }
}

export const find = (readAt: ReadAt, { from, to }: Pick<Box, 'from' | 'to'>, name: string): Box | undefined =>
  [...boxes(readAt, from, to)].find((box) => box.name === name)

export function seconds(header: Buffer): number {
  // A header of version 1 has times of 64 bits.
  const [scale, length] =
    header[0] === 1
      ? [header.readUInt32BE(20), Number(header.readBigUInt64BE(24))]
      : [header.readUInt32BE(12), header.readUInt32BE(16)]
  return scale === 0 ? 0 : length / scale
}

/** Undefined where it is no MP4, or not a whole one. */
export function videoFacts(readAt: ReadAt, size: number): VideoFacts | undefined {
  const all = { from: 0, to: size }
  const top = [...boxes(readAt, 0, size)]
  if (top[0]?.name !== 'ftyp' || top.at(-1)?.to !== size) return undefined
  const movie = find(readAt, all, 'moov')
  const header = movie && find(readAt, movie, 'mvhd')
  if (!movie || !header || header.to - header.from < 100) return undefined
  const sizes = [...boxes(readAt, movie.from, movie.to)].flatMap((box) => {
    const track = box.name === 'trak' ? find(readAt, box, 'tkhd') : undefined
    if (!track || track.to - track.from < 84) return []
    const fixed = readAt(track.to - 8, 8)
    return [{ width: fixed.readUInt32BE(0) / 65536, height: fixed.readUInt32BE(4) / 65536 }]
  })
  const shown = sizes.find(({ width, height }) => width > 0 && height > 0)
  return { seconds: seconds(readAt(header.from, 32)), width: shown?.width ?? 0, height: shown?.height ?? 0 }
}
