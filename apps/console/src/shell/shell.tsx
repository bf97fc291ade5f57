import { needsPerson, useAttention, useConnections } from '@mooring/react'
import { Outlet } from '@tanstack/react-router'
import { AlertBanner } from '../alerts/alert-banner.tsx'
import { useSignedIn } from '../app/gate.tsx'
import { useGreeting } from '../onboarding/use-greeting.ts'
import { Sidebar } from './sidebar.tsx'
import { TabBar } from './tab-bar.tsx'
import { TopBar } from './top-bar.tsx'

/** From 1080 px a sidebar, from 720 a rail, below a top bar and tabs. */
export function Shell() {
  useGreeting()
  const { permissions } = useSignedIn()
  const connections = useConnections()
  const attention = useAttention(permissions.includes('posts:read'))
  const waiting = {
    '/accounts': connections.data?.filter(needsPerson).length ?? 0,
    '/posts': attention.data ?? 0,
  }
  return (
    <div className="group/shell rail:grid rail:min-h-dvh rail:grid-cols-[56px_minmax(0,1fr)] side:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-button bg-accent px-3 py-2 text-ui font-semibold text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        To the content
      </a>
      <Sidebar waiting={waiting} />
      <TopBar />
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-4 pb-24 outline-none rail:px-7 rail:pt-4.5 rail:pb-24">
        <AlertBanner />
        <Outlet />
      </main>
      <TabBar waiting={waiting} />
    </div>
  )
}
