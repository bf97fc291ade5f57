import { type RefObject, useEffect, useRef } from 'react'
import { filesIn } from '../../logic/uploads.ts'

/** Files that are dropped anywhere on it, and the keys that save. While files hang over it, it bears `data-dropping`. */
export function useDropAndKeys(
  root: RefObject<HTMLElement | null>,
  on: { files: (files: File[]) => void; save: () => void },
) {
  const latest = useRef(on)
  latest.current = on
  useEffect(() => {
    const here = root.current
    if (!here) return
    const end = new AbortController()
    const { signal } = end
    const dropping = (yes: boolean) => here.toggleAttribute('data-dropping', yes)
    here.addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        dropping(true)
      },
      { signal },
    )
    here.addEventListener(
      'dragleave',
      (event) => here.contains(event.relatedTarget as Node | null) || dropping(false),
      { signal },
    )
    here.addEventListener(
      'drop',
      (event) => {
        dropping(false)
        const files = filesIn(event.dataTransfer)
        if (files.length === 0) return
        event.preventDefault()
        latest.current.files(files)
      },
      { signal },
    )
    here.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 's' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        latest.current.save()
      },
      { signal },
    )
    return () => end.abort()
  }, [root])
}
