import { ErrorPanel } from './error-panel.tsx'

/** A whole page that could not be loaded. */
export function ErrorPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <ErrorPanel error={error} onRetry={onRetry} heading="h1" />
    </main>
  )
}
