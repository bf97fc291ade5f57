import { useEffect } from 'react'

/** `owner`: whose page it is, where it is not ours; null: nobody is named. */
export function useTitle(title: string, owner: string | null = 'Mooring') {
  useEffect(() => {
    document.title = owner === null ? title : `${title} · ${owner}`
  }, [title, owner])
}
