import { useSignedIn } from '../app/gate.tsx'
import { Logo } from './logo.tsx'
import { Simulated } from './simulated.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

/** Phones only. */
export function TopBar() {
  const { instance } = useSignedIn()
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2.5 border-b border-line bg-sunken px-4 group-has-[[data-slot=whole-page]]/shell:hidden rail:hidden!">
      <Logo />
      <WorkspaceMenu phone />
      {instance.simulated && <Simulated short />}
      <ThemeMenu />
    </header>
  )
}
