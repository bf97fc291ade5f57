import { count } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useDestinations } from './destinations.ts'

export function NavLinks({ waiting }: { waiting: number }) {
  const destinations = useDestinations()
  return (
    <ul className="grid gap-0.5">
      {destinations.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <Link
            to={to}
            title={label}
            className="group relative flex h-8 items-center gap-2.5 rounded-button border border-transparent px-2 text-ui font-medium text-ink-2 hover:bg-hover/60 hover:text-ink data-[status=active]:border-line data-[status=active]:bg-raised data-[status=active]:text-ink max-side:h-10 max-side:justify-center side:px-[7px]"
          >
            <Icon
              size={16}
              strokeWidth={1.75}
              aria-hidden
              className="flex-none group-data-[status=active]:text-accent"
            />
            <span className="flex-1 max-side:sr-only">{label}</span>
            {to === '/accounts' && waiting > 0 && <Waits number={waiting} />}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Waits({ number }: { number: number }) {
  return (
    <span className="grid h-4.5 min-w-4.5 place-items-center rounded-pill bg-bad-bg px-1.5 text-floor text-bad max-side:absolute max-side:-top-0.5 max-side:-right-0.5 max-side:px-1">
      <span aria-hidden="true">{number}</span>
      <span className="sr-only">{count(number, 'needs', 'need')} you</span>
    </span>
  )
}
