import { type KeyboardEvent, useRef } from 'react'
import type { PublishTarget } from '../../api.ts'
import { worstIssue } from '../../logic/issues.ts'
import { ownKeys } from '../../logic/post-content.ts'
import { Mark } from '../../marks/mark.tsx'
import { networkOf } from '../../marks/networks.ts'
import { Icon } from '../icon.tsx'
import { useDesk } from './context.ts'

export const PANEL = 'mooring-composer-panel'

/** Everybody's text, and each account's. */
export function ScopeTabs() {
  const { draft, targets, scope, open } = useDesk()
  const list = useRef<HTMLDivElement>(null)
  const accounts = draft.targets.flatMap(({ accountId }) => targets.find((one) => one.account.id === accountId) ?? [])
  const ids = ['all', ...accounts.map((one) => one.account.id)]
  const onKeys = (event: KeyboardEvent) => {
    const at = ids.indexOf(scope)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = ids[(to + ids.length) % ids.length]
    if (next === undefined) return
    open(next)
    list.current?.querySelector<HTMLElement>(`[data-scope="${CSS.escape(next)}"]`)?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label="Whose text" className="mooring-scopes" onKeyDown={onKeys}>
      <Tab id="all" on={scope === 'all'} onOpen={() => open('all')}>
        All accounts
      </Tab>
      {accounts.map((one) => (
        <AccountTab key={one.account.id} target={one} among={accounts} />
      ))}
    </div>
  )
}

interface TabProps {
  id: string
  on: boolean
  onOpen: () => void
  title?: string
  children: React.ReactNode
}

const Tab = ({ id, on, onOpen, title, children }: TabProps) => (
  <button
    type="button"
    role="tab"
    title={title}
    data-scope={id}
    aria-selected={on}
    aria-controls={PANEL}
    tabIndex={on ? 0 : -1}
    onClick={onOpen}
  >
    {children}
  </button>
)

function AccountTab({ target: { account }, among }: { target: PublishTarget; among: readonly PublishTarget[] }) {
  const { draft, scope, open, check } = useDesk()
  const network = networkOf(account)
  const alone = among.filter((one) => networkOf(one.account).id === network.id).length === 1
  const worst = worstIssue(check, account.id)
  const own = ownKeys(draft, account.id)
  return (
    <Tab
      id={account.id}
      on={scope === account.id}
      onOpen={() => open(account.id)}
      title={`${account.label} on ${network.name}`}
    >
      <Mark provider={network.mark} name={network.name} size={13} />
      <span className="mooring-scope-name">{alone ? network.name : account.label}</span>
      {!alone && <span className="mooring-hidden"> on {network.name}</span>}
      {own.length > 0 && <span className="mooring-own">{own.includes('text') ? 'own text' : 'own parts'}</span>}
      {worst === 'error' && (
        <span className="mooring-bad">
          <Icon name="circle-alert" size={14} />
          <span className="mooring-hidden">, has to be mended</span>
        </span>
      )}
    </Tab>
  )
}
