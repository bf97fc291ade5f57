/** The cards below say what to do: connect, or set a platform up first. */
export function Empty({ ready }: { ready: boolean }) {
  return (
    <div
      data-slot="empty"
      className="mb-3.5 flex flex-col items-center rounded-card border border-line bg-card px-4 py-9 text-center shadow-card"
    >
      <svg width="112" height="24" viewBox="0 0 112 24" fill="none" aria-hidden="true">
        <path d="M0 12h42M70 12h42" className="stroke-line-strong" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="56" cy="12" r="9.5" className="stroke-accent" strokeWidth="3" />
      </svg>
      <h2 className="mt-4 text-section">No accounts yet</h2>
      <p className="mt-1 text-ui text-ink-2">
        {ready
          ? 'Connect one and it shows up here.'
          : 'Set a platform up once for this server. After that, connecting takes a minute.'}
      </p>
    </div>
  )
}
