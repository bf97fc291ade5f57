import type { ReactNode } from 'react'

export interface RowProps {
  title: string
  /** How it stands. */
  children: ReactNode
  /** Buttons. */
  action?: ReactNode
}

/** One line of a card of settings: what, how it stands, what can be done. */
export function Row({ title, children, action }: RowProps) {
  return (
    <div className="flex min-h-14 items-center gap-4 border-b border-line px-4 py-2.5 last:border-0 max-rail:flex-wrap max-rail:gap-x-2">
      <div className="min-w-0 flex-1 max-rail:basis-full">
        <h3 className="text-ui font-medium">{title}</h3>
        <div className="mt-0.5 text-caption text-ink-2 wrap-anywhere">{children}</div>
      </div>
      {action !== undefined && <div className="flex flex-none gap-2">{action}</div>}
    </div>
  )
}
