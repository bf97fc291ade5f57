import { useState } from 'react'
import type { PublishTarget } from '../../api.ts'
import { choosable, type Group, grouped, toggledGroup } from '../../logic/account-groups.ts'
import { toggled } from '../../logic/selection.ts'
import { count, kindName } from '../../logic/words.ts'
import { AccountFace } from '../account-face.tsx'
import { Icon } from '../icon.tsx'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useDesk } from './context.ts'
import { Reconnect } from './reconnect.tsx'

/** So many are seen at a glance. */
const FEW = 6

interface AccountChooserProps {
  chosen: readonly string[]
  onChoose: (ids: string[]) => void
  onClose: () => void
}

export function AccountChooser({ chosen, onChoose, onClose }: AccountChooserProps) {
  const { targets } = useDesk()
  const [query, setQuery] = useState('')
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set(chosen))
  const groups = grouped(targets, query)
  // In the order of the list, those that were chosen before first: tabs do not jump about.
  const done = () => {
    const rest = targets.map((one) => one.account.id).filter((id) => ids.has(id) && !chosen.includes(id))
    onChoose([...chosen.filter((id) => ids.has(id)), ...rest])
    onClose()
  }
  return (
    <Sheet
      title="Where does it go?"
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" onClick={done}>
            {ids.size === 0 ? 'Use none' : `Use ${count(ids.size, 'account')}`}
          </Button>
        </>
      }
    >
      {targets.length > FEW && (
        <div className="mooring-search mooring-chooser-search">
          <Icon name="search" size={16} />
          <input
            type="search"
            aria-label="Search accounts"
            placeholder="Search accounts"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
      )}
      <p className="mooring-chooser-none" role="status" hidden={groups.length > 0}>
        {groups.length > 0
          ? ''
          : targets.length === 0
            ? 'No connected account takes posts yet.'
            : `Nothing found for “${query}”.`}
      </p>
      {groups.map((group) => (
        <Section
          key={group.name}
          group={group}
          ids={ids}
          onToggle={(id) => setIds(toggled(ids, id))}
          onAll={() => setIds(toggledGroup(ids, group))}
        />
      ))}
    </Sheet>
  )
}

interface SectionProps {
  group: Group
  ids: ReadonlySet<string>
  onToggle: (id: string) => void
  onAll: () => void
}

function Section({ group, ids, onToggle, onAll }: SectionProps) {
  const open = group.targets.filter(choosable)
  const all = open.length > 0 && open.every((one) => ids.has(one.account.id))
  return (
    <fieldset className="mooring-chooser-group" aria-label={group.name}>
      <div className="mooring-chooser-head">
        <h3>{group.name}</h3>
        {open.length > 1 && (
          <button type="button" className="mooring-link" onClick={onAll}>
            {all ? 'None' : 'All'}
            <span className="mooring-hidden"> of {group.name}</span>
          </button>
        )}
      </div>
      {group.targets.map((one) => (
        <Row key={one.account.id} target={one} checked={ids.has(one.account.id)} onToggle={onToggle} />
      ))}
    </fieldset>
  )
}

interface RowProps {
  target: PublishTarget
  checked: boolean
  onToggle: (id: string) => void
}

function Row({ target, checked, onToggle }: RowProps) {
  const { account, connection, unusable } = target
  const can = choosable(target) || checked
  return (
    <div className="mooring-chooser-row" data-off={!can} data-account={account.id}>
      <label>
        <input
          type="checkbox"
          className="mooring-check"
          checked={checked}
          disabled={!can}
          onChange={() => onToggle(account.id)}
        />
        <AccountFace account={account} />
        <span className="mooring-picker-text">
          <span className="mooring-picker-name">{account.label}</span>
          <span className="mooring-picker-note">{unusable ?? account.handle ?? kindName(account.kind)}</span>
        </span>
      </label>
      {connection.state === 'reauthorize' && <Reconnect target={target} />}
    </div>
  )
}
