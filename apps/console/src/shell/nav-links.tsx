import { count } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { AFRESH, type Destination, useDestinations } from './destinations.ts'

/** How many on a page need somebody, by where it is. */
export type Waiting = Readonly<Partial<Record<string, number>>>

const COMPOSE: Destination['to'] = '/compose/{-$post}'

const PLAIN =
  'border-transparent text-ink-2 hover:bg-hover/60 hover:text-ink data-[status=active]:border-line data-[status=active]:bg-raised data-[status=active]:text-ink'
/** What one comes for most. Where one is already, it is a place like the others. */
const FILLED =
  'border-transparent bg-accent font-semibold text-accent-ink hover:bg-accent-hover data-[status=active]:border-line data-[status=active]:bg-raised data-[status=active]:text-ink'

export function NavLinks({ waiting }: { waiting: Waiting }) {
  const destinations = useDestinations()
  return (
    <ul className="grid gap-0.5">
      {destinations.map(({ to, label, icon: Icon }) => (
        <li key={to} className={to === COMPOSE ? 'order-first mb-2' : ''}>
          <Link
            to={to}
            params={AFRESH}
            title={label}
            className={`group relative flex h-8 items-center gap-2.5 rounded-button border px-2 text-ui font-medium max-side:h-10 max-side:justify-center side:px-[7px] ${to === COMPOSE ? FILLED : PLAIN}`}
          >
            <Icon
              size={16}
              strokeWidth={1.75}
              aria-hidden
              className="flex-none group-data-[status=active]:text-accent"
            />
            <span className="flex-1 max-side:sr-only">{label}</span>
            <Waits number={waiting[to] ?? 0} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Waits({ number }: { number: number }) {
  if (number === 0) return null
  return (
    <span className="grid h-4.5 min-w-4.5 place-items-center rounded-pill bg-bad-bg px-1.5 text-floor text-bad max-side:absolute max-side:-top-0.5 max-side:-right-0.5 max-side:px-1">
      <span aria-hidden="true">{number}</span>
      <span className="sr-only">{count(number, 'needs', 'need')} you</span>
    </span>
  )
}
