import { useEffect, useState } from 'react'

/** The present in ms, anew at each turn of the minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000) + 50)
    return () => clearTimeout(timer)
  }, [now])
  return now
}
