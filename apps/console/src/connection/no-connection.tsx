import { Link } from '@tanstack/react-router'

/** An id that nobody has here: mistyped, or of another workspace. */
export function NoConnection() {
  return (
    <div data-slot="empty" className="flex flex-col items-center px-4 py-16 text-center">
      <svg width="112" height="24" viewBox="0 0 112 24" fill="none" aria-hidden="true">
        <path d="M0 12h42M70 12h42" className="stroke-line-strong" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="56" cy="12" r="9.5" className="stroke-line-strong" strokeWidth="3" strokeDasharray="4 4" />
      </svg>
      <h1 className="mt-4 text-section">There is no such connection</h1>
      <p className="mt-1 text-ui text-ink-2">The address is mistyped, or it belongs to another workspace.</p>
      <Link to="/accounts" className="mooring-button mt-4" data-slot="button" data-variant="secondary">
        To your accounts
      </Link>
    </div>
  )
}
