import { useRef, useState } from 'react'
import type { PublishTarget, Severity, TargetChoice } from '../../api.ts'
import { worstIssue } from '../../logic/issues.ts'
import { withAccounts } from '../../logic/post-content.ts'
import { accountName, networkOf } from '../../marks/networks.ts'
import { AccountFace } from '../account-face.tsx'
import { Icon } from '../icon.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { AccountChooser } from './account-chooser.tsx'
import { useDesk } from './context.ts'

/** Where it goes: a press opens that account's text. */
export function Accounts() {
  const { draft, targets, change, scope, open, check } = useDesk()
  const [choosing, setChoosing] = useState(false)
  const ids = draft.targets.map((one) => one.accountId)
  /** What they had of their own, for whoever left one out by mistake. */
  const leftOut = useRef<TargetChoice[]>([])
  const choose = (next: readonly string[]) => {
    if (!next.includes(scope)) open('all')
    change((now) => {
      const out = now.targets.filter((one) => !next.includes(one.accountId))
      leftOut.current = [...out, ...leftOut.current]
      return withAccounts(now, next, leftOut.current)
    })
  }
  return (
    <div data-slot="composer-accounts" data-at="account" tabIndex={-1} className="mooring-chips-box">
      <ul className="mooring-chips" aria-label="Accounts">
        {ids.map((id) => (
          <Chip
            key={id}
            target={targets.find((one) => one.account.id === id)}
            worst={worstIssue(check, id)}
            open={scope === id}
            onOpen={() => open(id)}
            onLeaveOut={() => choose(ids.filter((one) => one !== id))}
          />
        ))}
        <li>
          <button
            type="button"
            data-at="accounts"
            data-empty={ids.length === 0}
            className="mooring-chip-add"
            onClick={() => setChoosing(true)}
          >
            <Glyph name="plus" size={16} />
            {ids.length === 0 ? 'Choose accounts' : 'Accounts'}
          </button>
        </li>
      </ul>
      {choosing && <AccountChooser chosen={ids} onChoose={choose} onClose={() => setChoosing(false)} />}
    </div>
  )
}

interface ChipProps {
  target: PublishTarget | undefined
  worst: Severity | undefined
  open: boolean
  onOpen: () => void
  onLeaveOut: () => void
}

function Chip({ target, worst, open, onOpen, onLeaveOut }: ChipProps) {
  // An account that is not there any more can only be left out.
  const label = target ? target.account.label : 'An account that is gone'
  const on = target ? ` on ${networkOf(target.account).name}` : ''
  return (
    <li className="mooring-chip" data-slot="composer-chip" data-worst={worst} data-open={open}>
      <button
        type="button"
        className="mooring-chip-open"
        aria-pressed={open}
        disabled={!target}
        onClick={onOpen}
        title={`${label}${on}`}
      >
        {target && <AccountFace account={target.account} size={28} />}
        <span className="mooring-chip-label">{target ? accountName(target.account) : label}</span>
        <span className="mooring-hidden">
          {on}
          {worst === 'error' ? ', has to be mended' : worst === 'warning' ? ', look at it' : ''}
        </span>
        {worst && (
          <span className="mooring-chip-worst">
            <Icon name={worst === 'error' ? 'circle-alert' : 'triangle-alert'} size={15} />
          </span>
        )}
      </button>
      <button type="button" className="mooring-chip-out" aria-label={`Leave out ${label}${on}`} onClick={onLeaveOut}>
        <Glyph name="x" size={13} />
      </button>
    </li>
  )
}
