import type { ReactNode } from 'react'

export interface PageHeadProps {
  title: string
  /** A short line about what is on the page. */
  summary?: ReactNode
  children?: ReactNode
}

export function PageHead({ title, summary, children }: PageHeadProps) {
  return (
    <header className="mb-3.5 flex min-h-8.5 items-center gap-4 max-rail:mb-4">
      <div className="flex min-w-0 flex-1 items-center justify-between gap-4 max-rail:block">
        <h1 className="text-page">{title}</h1>
        {summary !== undefined && <p className="text-caption text-ink-2">{summary}</p>}
      </div>
      {children !== undefined && <div className="flex flex-none items-center gap-3">{children}</div>}
    </header>
  )
}
