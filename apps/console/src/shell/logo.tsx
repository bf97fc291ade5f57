/** A ring hung from a bar. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M2.2 2.2h15.6M10 2.2v3" className="stroke-ink" strokeWidth="2.2" strokeLinecap="round" />
      <circle cx="10" cy="12" r="5.9" className="stroke-accent" strokeWidth="2.5" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 text-section tracking-[-0.01em]">
      <Logo />
      Mooring
    </span>
  )
}
