import { useSyncExternalStore } from 'react'

const query = window.matchMedia('(max-width: 719.98px)')

const subscribe = (changed: () => void) => {
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
