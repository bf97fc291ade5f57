import type { ReactNode } from 'react'
import type { Asker } from '../../api.ts'
import { Avatar } from '../avatar.tsx'

export interface FlowSheetProps {
  /** Whose page this is; undefined as long as it is not known. */
  asker: Asker | undefined
  /** On the right of the head. */
  aside?: ReactNode
  children: ReactNode
}

/** A page with one thing to do: who asks, and what. On a phone it is the whole page. */
export function FlowSheet({ asker, aside, children }: FlowSheetProps) {
  return (
    <div data-slot="flow-sheet" className="mooring-sheet">
      <header className="mooring-sheet-head">
        {asker && <Avatar label={asker.name} kind="workspace" size={28} picture={asker.logo} />}
        <p>{asker?.name}</p>
        {aside !== undefined && <div>{aside}</div>}
      </header>
      <div className="mooring-sheet-body">{children}</div>
    </div>
  )
}
