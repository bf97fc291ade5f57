import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The token behind the #: no server's log and no referrer ever holds it, and it leaves the address bar and the history
 * before anything else. Another link that is opened in the same page brings another.
 */
export function useHashToken(): string | undefined {
  const { hash } = useLocation()
  const [token, setToken] = useState(() => hash || undefined)
  useEffect(() => {
    const found = window.location.hash.slice(1)
    if (hash === '' || found === '') return
    setToken(found)
    window.history.replaceState(null, '', window.location.pathname)
  }, [hash])
  return token
}
