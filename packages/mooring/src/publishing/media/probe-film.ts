/** What is known of a video: the one importer of mediabunny. */
import { ALL_FORMATS, CustomSource, Input, type InputVideoTrack } from 'mediabunny'
import { MooringError } from '../../error.ts'
import type { Facts } from './probe.ts'
import { type Source, unreadable } from './source.ts'

/** Enough of a film's pictures to tell how many there are in a second. */
const PICTURES = 200

type FilmFacts = Pick<
  Facts,
  'width' | 'height' | 'durationMs' | 'framesPerSecond' | 'videoCodec' | 'audioCodec' | 'audioHz' | 'moovFirst'
>

/** As it is shown: turned the way the camera was held. Throws `media_refused`. */
export async function filmFacts(source: Pick<Source, 'size' | 'read'>): Promise<FilmFacts> {
  const input = new Input({
    formats: ALL_FORMATS,
    source: new CustomSource({ getSize: () => source.size, read: (from, to) => source.read(from, to) }),
  })
  try {
    const video = await input.getPrimaryVideoTrack()
    const audio = await input.getPrimaryAudioTrack()
    if (!video && !audio) throw unreadable()
    if (!video) throw new MooringError('media_refused', 'There is no picture in this video, sound alone.')
    const seconds = await durationOf(input)
    return {
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      durationMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
      framesPerSecond: await rateOf(video),
      videoCodec: (await video.getCodec()) ?? undefined,
      audioCodec: (await audio?.getCodec()) ?? undefined,
      audioHz: await audio?.getSampleRate(),
      moovFirst: await moovFirst(source),
    }
  } finally {
    input.dispose()
  }
}

/** What the file says of itself; where it does not (a browser's recording), by its pictures, if they are not too many to look at. */
async function durationOf(input: Input): Promise<number | undefined> {
  const told = await input.getDurationFromMetadata()
  if (told !== null && told > 0) return told
  try {
    return await input.computeDuration()
  } catch {
    return undefined
  }
}

async function rateOf(video: InputVideoTrack): Promise<number | undefined> {
  const { averagePacketRate, packetCount } = await video.computePacketStats(PICTURES)
  if (packetCount === 0) throw unreadable()
  return Number.isFinite(averagePacketRate) ? Math.round(averagePacketRate * 100) / 100 : undefined
}

/** Boxes of a file that is read at all; what has more before its pictures is no film of a camera's or an editor's. */
const MOST_BOXES = 100

/**
 * Which of the boxes `moov` and `mdat` comes first (ISO/IEC 14496-12, section 4.2: 32 bits of length, four letters; length 1: 64 bits
 * follow, length 0: to the end). Undefined where the file is no row of boxes. The library finds both wherever they are, and does not tell.
 */
async function moovFirst(source: Pick<Source, 'size' | 'read'>): Promise<boolean | undefined> {
  let at = 0
  for (let box = 0; box < MOST_BOXES && at + 16 <= source.size; box += 1) {
    const head = Buffer.from(await source.read(at, at + 16))
    const name = head.toString('latin1', 4, 8)
    if (box === 0 && !FIRST_BOXES.includes(name)) return undefined
    if (name === 'moov' || name === 'mdat') return name === 'moov'
    const told = head.readUInt32BE(0)
    const length = told === 1 ? Number(head.readBigUInt64BE(8)) : told
    if (length < 8) return undefined
    at += length
  }
  return undefined
}
/** MOVs of old begin with what they like. */
const FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip']
