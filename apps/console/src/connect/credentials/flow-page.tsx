import type { ReactNode } from 'react'

/** A page for one sign-in: on a desk in the middle, on a phone all of it. */
export function FlowPage({ children }: { children: ReactNode }) {
  return <main className="flex min-h-dvh justify-center rail:items-start rail:px-4 rail:py-[8dvh]">{children}</main>
}
