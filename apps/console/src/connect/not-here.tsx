import { CircleQuestionMark, RefreshCw } from 'lucide-react'

/** Help for whoever does not find their page in the list. */
export function NotHere({ name, onReload, reloading }: { name: string; onReload: () => void; reloading: boolean }) {
  return (
    <details open className="group px-4 py-5 max-rail:py-2">
      <summary className="touch flex w-fit cursor-pointer list-none items-center gap-2 rounded-check text-ui font-semibold max-rail:text-caption max-rail:font-medium max-rail:text-link">
        <CircleQuestionMark size={14} className="text-ink-2 max-rail:text-link" aria-hidden />
        Your page is not here?
      </summary>
      <p className="mt-2 text-caption text-ink-2">
        You need to be an admin of the page on {name}. A new role can take a few minutes to show up.
      </p>
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
