import { Initials } from '@mooring/react'
import { useSignedIn } from '../app/gate.tsx'
import { Logo } from './logo.tsx'
import { Simulated } from './simulated.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** Phones only. */
export function TopBar() {
  const { workspace, instance } = useSignedIn()
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2.5 border-b border-line bg-sunken px-4 rail:hidden">
      <Logo />
      <Initials label={workspace.name} kind="workspace" size={28} />
      <p className="min-w-0 flex-1 truncate text-writing font-semibold">{workspace.name}</p>
      {instance.simulated && <Simulated short />}
      <ThemeMenu />
    </header>
  )
}
