import { useLocation, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ReturnPage } from './return-page.tsx'

/** A page from which one leaves for a platform and comes back to: it says first how that went. */
export function Returning({ children }: { children: ReactNode }) {
  const { flow, error, message } = useSearch({ strict: false })
  const { pathname } = useLocation()
  if (flow === undefined && error === undefined) return children
  return <ReturnPage search={{ flow, error, message }} home={pathname} />
}
