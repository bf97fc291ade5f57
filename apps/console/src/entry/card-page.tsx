import type { ReactNode } from 'react'
import { Wordmark } from '../shell/logo.tsx'

/** A page outside the house: one thing to read, perhaps one to do. */
export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-100">
        <p className="mb-5 flex justify-center">
          <Wordmark />
        </p>
        <div className="rounded-dialog border border-line bg-card p-6 shadow-card">
          <h1 className="text-page">{title}</h1>
          <div className="mt-2 grid gap-3 text-writing text-ink-2">{children}</div>
        </div>
      </div>
    </main>
  )
}
