import { count } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useDestinations } from './destinations.ts'

/** Phones only. */
export function TabBar({ waiting }: { waiting: number }) {
  const destinations = useDestinations()
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)] rail:hidden"
    >
      {destinations.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="group flex h-14 flex-1 flex-col items-center justify-center gap-1 text-floor text-ink-2 data-[status=active]:text-ink"
        >
          <span className="relative">
            <Icon size={20} strokeWidth={1.75} aria-hidden className="group-data-[status=active]:text-accent" />
            {to === '/accounts' && waiting > 0 && (
              <span className="absolute -top-0.5 -right-1.5 size-2 rounded-pill bg-bad-dot" aria-hidden="true" />
            )}
          </span>
          {label}
          {to === '/accounts' && waiting > 0 && (
            <span className="sr-only">, {count(waiting, 'needs', 'need')} you</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
