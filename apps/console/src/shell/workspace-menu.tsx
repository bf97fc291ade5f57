import { Initials } from '@mooring/react'
import { ChevronsUpDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { switchWorkspace } from '../app/chosen-workspace.ts'
import { useSignedIn } from '../app/gate.tsx'
import { NewWorkspaceDialog } from '../settings/workspace/new-workspace-dialog.tsx'
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLine } from '../ui/menu.tsx'

/** Whose accounts these are, and the way to others. */
export function WorkspaceMenu({ phone = false }: { phone?: boolean }) {
  const { workspace, workspaces, person } = useSignedIn()
  const [making, setMaking] = useState(false)
  return (
    <>
      <Menu
        label="Workspaces"
        align="start"
        trigger={
          <button
            type="button"
            data-slot="workspace"
            title={workspace.name}
            className={
              phone
                ? 'flex min-h-11 min-w-0 flex-1 cursor-pointer items-center gap-2.5 rounded-button text-left'
                : 'flex w-full cursor-pointer items-center gap-2.5 rounded-inset border border-line bg-card px-2 py-1.5 text-left hover:bg-hover/60 max-side:justify-center max-side:border-transparent max-side:bg-transparent max-side:p-0'
            }
          >
            <Initials label={workspace.name} kind="workspace" size={28} />
            <span className={phone ? 'min-w-0 truncate text-writing font-semibold' : 'min-w-0 flex-1 max-side:sr-only'}>
              {phone ? (
                workspace.name
              ) : (
                <>
                  <span className="block truncate text-ui font-semibold">{workspace.name}</span>
                  <span className="block text-floor font-normal text-ink-3">Workspace</span>
                </>
              )}
            </span>
            <span className="sr-only">, switch workspace</span>
            <ChevronsUpDown
              size={14}
              aria-hidden
              className={`flex-none text-ink-3 ${phone ? '' : 'max-side:hidden'}`}
            />
          </button>
        }
      >
        <MenuChoices value={workspace.id} onValueChange={(id) => id !== workspace.id && switchWorkspace(id)}>
          {workspaces.map((one) => (
            <MenuChoice key={one.id} value={one.id} icon={<Initials label={one.name} kind="workspace" size={20} />}>
              {one.name}
            </MenuChoice>
          ))}
        </MenuChoices>
        {person.operator && (
          <>
            <MenuLine />
            <MenuItem icon={<Plus size={14} aria-hidden />} onSelect={() => setMaking(true)}>
              New workspace…
            </MenuItem>
          </>
        )}
      </Menu>
      {making && <NewWorkspaceDialog onClose={() => setMaking(false)} />}
    </>
  )
}
