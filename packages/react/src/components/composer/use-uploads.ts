import { useCallback, useEffect, useRef, useState } from 'react'
import type { MediaItem } from '../../api.ts'
import { newIntentKey } from '../../hooks/post-changes.ts'
import { advanced, begun, type Upload, type UploadQueue } from '../../logic/uploads.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'

export interface Uploads {
  list: readonly Upload[]
  /** `place`: which list of files they go to, as `Upload.place`. */
  add: (place: string, files: readonly File[]) => void
  giveUp: (key: string) => void
  again: (key: string) => void
}

/** Sends files two at a time; hands them on in the order in which they were chosen. */
export function useUploads(onDone: (place: string, item: MediaItem) => void): Uploads {
  const client = useMooring()
  const [queue, setQueue] = useState<UploadQueue>([])
  const aborts = useRef(new Map<string, AbortController>())
  const done = useRef(onDone)
  done.current = onDone

  const change = useCallback((key: string, to: Partial<Upload>) => {
    setQueue((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))
  }, [])
  const send = useCallback(
    async ({ key, file }: Upload) => {
      const abort = new AbortController()
      aborts.current.set(key, abort)
      try {
        const onProgress = (part: number) => change(key, { part })
        change(key, { state: 'arrived', item: await client.upload(file, { onProgress, signal: abort.signal }) })
      } catch (error) {
        if (!abort.signal.aborted)
          change(key, { state: 'failed', error: isApiProblem(error) ? error.message : 'This file could not be sent.' })
      } finally {
        aborts.current.delete(key)
      }
    },
    [client, change],
  )

  useEffect(() => {
    const next = advanced(queue)
    if (next.queue === queue) return
    setQueue(next.queue)
    for (const one of next.arrived) if (one.item) done.current(one.place, one.item)
    for (const one of next.start) void send(one)
  }, [queue, send])
  useEffect(() => {
    const all = aborts.current
    return () => {
      for (const abort of all.values()) abort.abort()
    }
  }, [])

  return {
    list: queue,
    add: (place, files) => setQueue((all) => [...all, ...files.map((file) => begun(newIntentKey(), place, file))]),
    giveUp: (key) => {
      aborts.current.get(key)?.abort()
      setQueue((all) => all.filter((one) => one.key !== key))
    },
    again: (key) => change(key, { state: 'waiting', part: 0, error: undefined }),
  }
}
