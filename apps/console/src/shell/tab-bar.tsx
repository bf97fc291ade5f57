import { count } from '@mooring/react'
import { Link, useLocation } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ComponentProps, useState } from 'react'
import { AFRESH, type Destination, useDestinations } from './destinations.ts'
import type { Waiting } from './nav-links.tsx'

const TAB =
  'group flex h-14 flex-1 cursor-pointer flex-col items-center justify-center gap-1 text-floor text-ink-2 data-[status=active]:text-ink data-[state=open]:text-ink'

/** Phones only. A page that is one thing to do (writing) takes the whole height. */
export function TabBar({ waiting }: { waiting: Waiting }) {
  const destinations = useDestinations()
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)] group-has-[[data-slot=whole-page]]/shell:hidden rail:hidden!"
    >
      {destinations
        .filter((one) => one.tab)
        .map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} params={AFRESH} className={TAB}>
            <span className="relative">
              <Icon size={20} strokeWidth={1.75} aria-hidden className="group-data-[status=active]:text-accent" />
              {waiting[to] !== undefined && waiting[to] > 0 && (
                <span className="absolute -top-0.5 -right-1.5 size-2 rounded-pill bg-bad-dot" aria-hidden="true" />
              )}
            </span>
            {label}
            {waiting[to] !== undefined && waiting[to] > 0 && (
              <span className="sr-only">, {count(waiting[to], 'needs', 'need')} you</span>
            )}
          </Link>
        ))}
      <More destinations={destinations.filter((one) => !one.tab)} />
    </nav>
  )
}

function More({ destinations }: { destinations: readonly Destination[] }) {
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const here = destinations.some(({ to }) => pathname.startsWith(to))
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={TAB} {...(here ? ({ 'data-status': 'active' } as ComponentProps<'button'>) : {})}>
        <Ellipsis size={20} strokeWidth={1.75} aria-hidden className="group-data-[status=active]:text-accent" />
        More
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="More"
          className="z-50 min-w-47 animate-menu rounded-inset border border-line-strong bg-float p-1 shadow-menu outline-none data-[state=closed]:animate-leave"
        >
          <ul>
            {destinations.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  params={AFRESH}
                  onClick={() => setOpen(false)}
                  className="flex h-11 items-center gap-2.5 rounded-button px-2.5 text-ui hover:bg-hover data-[status=active]:bg-hover"
                >
                  <Icon size={16} strokeWidth={1.75} aria-hidden />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
