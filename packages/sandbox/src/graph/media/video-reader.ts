import { createFile, type ISOFile, type Movie, MP4BoxBuffer } from 'mp4box'
import { type Facts, OTHER } from './facts.ts'

/** Reads a video's table of contents while the file passes by in pieces, so that its pictures are never held. */
export class VideoReader {
  readonly #format: 'mp4' | 'mov'
  readonly #file: ISOFile = createFile(false)
  #movie: Movie | undefined
  #failed = false
  #at = 0

  constructor(format: 'mp4' | 'mov') {
    this.#format = format
    this.#file.onReady = (movie) => {
      this.#movie = movie
    }
    this.#file.onError = () => {
      this.#failed = true
    }
  }

  push(piece: Uint8Array): void {
    const copy = new Uint8Array(piece)
    const buffer = MP4BoxBuffer.fromArrayBuffer(copy.buffer, this.#at)
    this.#at += piece.byteLength
    if (this.#failed) return
    try {
      this.#file.appendBuffer(buffer)
    } catch {
      this.#failed = true
    }
  }

  end(): Facts {
    const track = this.#movie?.videoTracks[0]
    if (this.#failed || !this.#movie || !track) return OTHER
    const { movie_timescale, samples_duration, timescale, nb_samples, codec } = track
    const { fragment_duration: told, duration, audioTracks, isProgressive } = this.#movie
    const whole = told && told.num > 0 ? told.num / told.den : duration / (this.#movie.timescale || movie_timescale)
    const seconds = whole > 0 ? whole : samples_duration / timescale
    const sound = audioTracks[0]
    return {
      kind: 'video',
      format: this.#format,
      width: Math.round(track.video?.width || track.track_width),
      height: Math.round(track.video?.height || track.track_height),
      seconds,
      rate: seconds > 0 ? nb_samples / (samples_duration / timescale) : 0,
      codec,
      audio: sound ? { codec: sound.codec, rate: sound.audio?.sample_rate ?? 0 } : null,
      moovFirst: isProgressive,
    }
  }
}
