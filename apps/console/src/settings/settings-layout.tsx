import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { PageHead } from '../shell/page-head.tsx'

const PAGES = [
  { to: '/settings/profile', label: 'Business profile' },
  { to: '/settings/members', label: 'Members' },
  { to: '/settings/notifications', label: 'Notifications' },
  { to: '/settings/preferences', label: 'Preferences' },
  { to: '/settings/accounts', label: 'Accounts' },
  { to: '/settings/publishing', label: 'Publishing' },
  { to: '/settings/webhooks', label: 'Webhooks' },
  { to: '/settings/security', label: 'Security' },
  { to: '/settings/api-keys', label: 'API keys' },
  { to: '/settings/first-steps', label: 'First steps' },
  { to: '/settings/server', label: 'This server' },
] as const

export function SettingsLayout() {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // On a phone the row is wider than the window: where one stands is to be seen. Sideways alone, the page stays.
  useEffect(() => {
    const list = nav.current?.querySelector('ul')
    const here = list?.querySelector<HTMLElement>(`a[href$="${pathname}"]`)
    if (list && here) list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2
  }, [pathname])
  return (
    <>
      <PageHead title="Settings" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-7 rail:grid-cols-[172px_minmax(0,1fr)] max-rail:gap-4">
        <nav ref={nav} aria-label="Settings" className="-ml-2 max-rail:ml-0">
          <ul className="grid gap-0.5 max-rail:relative max-rail:flex max-rail:gap-1.5 max-rail:overflow-x-auto">
            {PAGES.map(({ to, label }) => (
              <li key={to}>
                <Link
                  to={to}
                  className="flex h-8 items-center whitespace-nowrap rounded-button border border-transparent px-2 text-ui font-medium text-ink-2 hover:bg-hover/60 hover:text-ink data-[status=active]:border-line data-[status=active]:bg-raised data-[status=active]:text-ink max-rail:h-11 max-rail:px-3"
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3.5">
          <Outlet />
        </div>
      </div>
    </>
  )
}
