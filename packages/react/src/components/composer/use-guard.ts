import { useEffect, useRef } from 'react'
import { isOnItsWay } from '../../logic/uploads.ts'
import type { DraftHold } from './use-draft.ts'
import type { Uploads } from './use-uploads.ts'

interface Given {
  /** It is saved by itself, also as the page is left. */
  byItself: boolean
  onUnsaved: ((giveUp: (() => void) | undefined) => void) | undefined
}

/** Nobody leaves by mistake with words or files that nobody has: the browser asks, and whoever shows the composer is told. */
export function useGuard({ saving: { is }, giveUp }: DraftHold, { list }: Uploads, { byItself, onUnsaved }: Given) {
  const uploading = list.some(isOnItsWay)
  const writing = is === 'waiting' || is === 'saving'
  const stuck = uploading || is === 'failed' || is === 'stale'
  const unsaved = writing || stuck
  const lost = stuck || (writing && !byItself)
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
  const latest = useRef({ onUnsaved, giveUp })
  latest.current = { onUnsaved, giveUp }
  useEffect(() => {
    if (!lost) return
    latest.current.onUnsaved?.(() => latest.current.giveUp())
    return () => latest.current.onUnsaved?.(undefined)
  }, [lost])
}
