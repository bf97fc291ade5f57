/** What is known of a video: the one importer of mediabunny. */
import { ALL_FORMATS, CustomSource, Input, type InputVideoTrack } from 'mediabunny'
import { MooringError } from '../../error.ts'
import type { Facts } from './probe.ts'
import { type Source, unreadable } from './source.ts'

/** Enough of a film's pictures to tell how many there are in a second. */
const PICTURES = 200

type FilmFacts = Pick<Facts, 'width' | 'height' | 'durationMs' | 'framesPerSecond' | 'videoCodec' | 'audioCodec'>

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
