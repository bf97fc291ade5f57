import { useSignedIn } from '../app/gate.tsx'
import { Logo, Wordmark } from './logo.tsx'
import { NavLinks, type Waiting } from './nav-links.tsx'
import { Person } from './person.tsx'
import { Simulated } from './simulated.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

export function Sidebar({ waiting }: { waiting: Waiting }) {
  const { instance } = useSignedIn()
  return (
    <header
      data-slot="sidebar"
      className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-sunken px-2 pb-3 rail:flex side:px-3"
    >
      <p className="flex h-13.5 items-center max-side:justify-center side:pt-1 side:pl-2">
        <span className="side:hidden">
          <Logo />
        </span>
        <span className="max-side:sr-only">
          <Wordmark />
        </span>
      </p>
      <WorkspaceMenu />
      <nav aria-label="Main" className="mt-4">
        <NavLinks waiting={waiting} />
      </nav>
      <div className="mt-auto">
        {instance.simulated && <Simulated />}
        <Person />
      </div>
    </header>
  )
}
