/** Files on their way: one queue, changed in one place, so that no answer is lost between two of them. */
import type { MediaItem } from '../api.ts'
import { advanced, begun, type Upload, type UploadQueue } from './uploads.ts'

export interface UploaderOptions {
  send(file: File, how: { onProgress: (part: number) => void; signal: AbortSignal }): Promise<MediaItem>
  onDone(place: string, item: MediaItem): void
  newKey(): string
  wordsOf(error: unknown): string
}

export interface Uploader {
  list(): UploadQueue
  subscribe(changed: () => void): () => void
  add(place: string, files: readonly File[]): void
  giveUp(key: string): void
  again(key: string): void
  /** Gives up all of them. */
  stop(): void
}

export function createUploader({ send, onDone, newKey, wordsOf }: UploaderOptions): Uploader {
  let queue: UploadQueue = []
  const listeners = new Set<() => void>()
  const aborts = new Map<string, AbortController>()

  function set(next: UploadQueue): void {
    const { queue: after, start, arrived } = advanced(next)
    queue = after
    for (const one of arrived) if (one.item) onDone(one.place, one.item)
    for (const one of start) void carry(one)
    for (const changed of listeners) changed()
  }
  const change = (key: string, to: Partial<Upload>) =>
    set(queue.map((one) => (one.key === key ? { ...one, ...to } : one)))

  async function carry({ key, file }: Upload): Promise<void> {
    const abort = new AbortController()
    aborts.set(key, abort)
    try {
      const item = await send(file, { onProgress: (part) => change(key, { part }), signal: abort.signal })
      change(key, { state: 'arrived', part: 1, item })
    } catch (error) {
      if (!abort.signal.aborted) change(key, { state: 'failed', error: wordsOf(error) })
    } finally {
      aborts.delete(key)
    }
  }

  return {
    list: () => queue,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    add: (place, files) => set([...queue, ...files.map((file) => begun(newKey(), place, file))]),
    giveUp(key) {
      aborts.get(key)?.abort()
      set(queue.filter((one) => one.key !== key))
    },
    again: (key) => change(key, { state: 'waiting', part: 0, error: undefined }),
    stop() {
      for (const abort of aborts.values()) abort.abort()
    },
  }
}
