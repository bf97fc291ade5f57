/** What the `moov` box of an MP4 or QuickTime file says (ISO/IEC 14496-12, "ISO base media file format"). */
export interface VideoFacts {
  durationMs: number
  width: number
  height: number
  framesPerSecond: number
  /** Of the pictures: `avc1` and `avc3` are H.264. */
  codec: string
}

interface Box {
  name: string
  body: Buffer
}

/** The boxes within a box. */
function boxes(bytes: Buffer): Box[] {
  const found: Box[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const told = bytes.readUInt32BE(at)
    const long = told === 1 && at + 16 <= bytes.length
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : told === 0 ? bytes.length - at : told
    const head = long ? 16 : 8
    if (size < head) break
    found.push({ name: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + head, at + size) })
    at += size
  }
  return found
}

const within = (bytes: Buffer | undefined, ...path: string[]): Buffer | undefined =>
  path.reduce<Buffer | undefined>((at, name) => at && boxes(at).find((one) => one.name === name)?.body, bytes)

/** Seconds, from a header whose times are of 32 or of 64 bits by its version. */
function seconds(header: Buffer | undefined): number {
  if (!header) return 0
  const wide = header[0] === 1
  const scale = header.readUInt32BE(wide ? 20 : 12)
  return (wide ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)) / (scale || 1)
}

/** How many pictures there are: pairs of a number and how long each of so many is shown. */
function samples(times: Buffer | undefined): number {
  let all = 0
  const entries = times?.readUInt32BE(4) ?? 0
  for (let n = 0; n < entries; n += 1) all += times?.readUInt32BE(8 + n * 8) ?? 0
  return all
}

/** Throws RangeError where a box is shorter than it must be. */
function read(moov: Buffer): VideoFacts | undefined {
  const tracks = boxes(moov).filter(({ name }) => name === 'trak')
  const isVideo = ({ body }: Box) => within(body, 'mdia', 'hdlr')?.toString('latin1', 8, 12) === 'vide'
  const track = tracks.find(isVideo)?.body
  const header = within(track, 'tkhd')
  const media = within(track, 'mdia')
  if (!header || !media) return undefined
  // The last eight bytes of the track's header: 16 bits and a fraction of 16 each.
  const [width = 0, height = 0] = [8, 4].map((back) => header.readUInt32BE(header.length - back) / 65_536)
  const length = seconds(within(media, 'mdhd'))
  const table = within(media, 'minf', 'stbl')
  return {
    durationMs: Math.round(seconds(within(moov, 'mvhd')) * 1000),
    width,
    height,
    framesPerSecond: length > 0 ? samples(within(table, 'stts')) / length : 0,
    codec: within(table, 'stsd')?.toString('latin1', 12, 16) ?? '',
  }
}

/** Undefined for what is no video that can be read. */
export function videoFacts(moov: Buffer | undefined): VideoFacts | undefined {
  try {
    return moov && read(moov)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
