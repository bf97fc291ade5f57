import { firstSentence, heading, isApiProblem } from '@mooring/react'
import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { copy } from './copy.ts'
import { messageOf, operatorView } from './notify.tsx'

const RETRY_SECONDS = 8

interface ErrorPanelProps {
  error: unknown
  onRetry: () => void
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
}

/** In the place of what could not be loaded. A server that did not answer is asked again by itself. */
export function ErrorPanel({ error, onRetry, heading: Heading = 'h2' }: ErrorPanelProps) {
  const passing = isApiProblem(error) && (error.status === 0 || error.status >= 500)
  const left = useCountdown(passing, onRetry)
  const offline = !navigator.onLine
  const [first, rest] = firstSentence(offline ? 'You are offline. Nothing was lost.' : messageOf(error))
  const facts = operatorView(error)
  return (
    <div
      role="alert"
      data-slot="error-panel"
      className="mx-auto flex max-w-90 flex-col items-center px-4 py-12 text-center"
    >
      <CloudOff size={20} strokeWidth={1.75} className="text-bad" aria-hidden />
      <Heading className="mt-3 text-section">{heading(first)}</Heading>
      <p className="mt-1 text-ui text-ink-2">
        {rest} {passing && <span aria-hidden="true">We try again in {left} s.</span>}
      </p>
      <div className="mt-4 flex gap-2">
        <Button onClick={onRetry}>Try now</Button>
        {facts !== undefined && (
          <Button variant="ghost" onClick={() => void copy(facts)}>
            Copy details
          </Button>
        )}
      </div>
      {isApiProblem(error) && (
        <p className="mt-4 font-mono text-mono text-ink-3">
          {[error.requestId, error.status === 0 ? error.code : error.status].filter(Boolean).join(', ')}
        </p>
      )}
    </div>
  )
}

function useCountdown(on: boolean, done: () => void): number {
  const [left, setLeft] = useState(RETRY_SECONDS)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => {
      if (left <= 1) done()
      setLeft(left <= 1 ? RETRY_SECONDS : left - 1)
    }, 1000)
    return () => clearTimeout(timer)
  }, [on, left, done])
  return left
}
