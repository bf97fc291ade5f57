import { useEffect, useState } from 'react'

/** True once something has been under way for a second: less than that is not worth a sign of waiting. */
export function useSlow(busy: boolean, after = 1000): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), after)
    return () => clearTimeout(timer)
  }, [busy, after])
  return busy && slow
}
