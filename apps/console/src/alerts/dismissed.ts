import type { Alert } from '@mooring/react'
import { useState } from 'react'

const KEY = 'mooring.alerts.put-aside'

/** The same trouble, as long as it lasts; when it comes back it is another one. */
export const alertKey = ({ registration, since }: Pick<Alert, 'registration' | 'since'>): string =>
  `${registration} ${since}`

function stored(): string[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** What was put aside in this tab, until it is closed. */
export function useDismissed() {
  const [aside, setAside] = useState(stored)
  return {
    isAside: (alert: Alert) => aside.includes(alertKey(alert)),
    putAside: (alert: Alert) => {
      const next = [...aside, alertKey(alert)]
      setAside(next)
      try {
        sessionStorage.setItem(KEY, JSON.stringify(next))
      } catch {
        // No storage: it lasts as long as the page.
      }
    },
  }
}
