import { CircleQuestionMark, RefreshCw } from 'lucide-react'

interface NotHereProps {
  /** What to try, as the provider says it. */
  tips: readonly string[]
  onReload: () => void
  reloading: boolean
}

/** Help for whoever does not find their account in the list. */
export function NotHere({ tips, onReload, reloading }: NotHereProps) {
  return (
    <details open className="group px-4 py-5 max-rail:py-2">
      <summary className="touch flex w-fit cursor-pointer list-none items-center gap-2 rounded-check text-ui font-semibold max-rail:text-caption max-rail:font-medium max-rail:text-link">
        <CircleQuestionMark size={14} className="text-ink-2 max-rail:text-link" aria-hidden />
        Not in the list?
      </summary>
      <ul className={`mt-2 grid gap-1.5 text-caption text-ink-2 ${tips.length > 1 ? 'list-disc pl-4' : ''}`}>
        {tips.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
      <button
        type="button"
        aria-disabled={reloading}
        onClick={reloading ? undefined : onReload}
        className="touch mt-2 flex cursor-pointer items-center gap-1.5 rounded-check text-caption font-medium text-link hover:underline"
      >
        <RefreshCw size={13} className={reloading ? 'animate-turn' : ''} aria-hidden />
        {reloading ? 'Loading the list…' : 'Load the list again'}
      </button>
    </details>
  )
}
