import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { MediaItem } from '../../api.ts'
import { newIntentKey } from '../../hooks/post-changes.ts'
import { createUploader } from '../../logic/uploader.ts'
import type { Upload } from '../../logic/uploads.ts'
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
  const done = useRef(onDone)
  done.current = onDone
  const uploader = useMemo(
    () =>
      createUploader({
        send: client.upload,
        onDone: (place, item) => done.current(place, item),
        newKey: newIntentKey,
        wordsOf: (error) => (isApiProblem(error) ? error.message : 'This file could not be sent.'),
      }),
    [client],
  )
  useEffect(() => uploader.stop, [uploader])
  const list = useSyncExternalStore(uploader.subscribe, uploader.list)
  return { list, add: uploader.add, giveUp: uploader.giveUp, again: uploader.again }
}
