import { type Account, Avatar, kindName } from '@mooring/react'
import { useState } from 'react'

const SHOWN = 5

/** The chosen accounts. Many fold: a card must not become the page. */
export function AccountLines({ accounts }: { accounts: readonly Account[] }) {
  const [all, setAll] = useState(false)
  if (accounts.length === 0) return null
  const fold = accounts.length > SHOWN + 1 && !all
  return (
    <ul className="grid gap-2" aria-label="Accounts">
      {(fold ? accounts.slice(0, SHOWN) : accounts).map((account) => (
        <li key={account.id} className="flex items-center gap-2.5">
          <Avatar label={account.label} kind={account.kind} picture={account.picture} />
          <span className="min-w-0 text-caption text-ink-3">
            <span className="text-ui font-medium text-ink wrap-anywhere">{account.label}</span> {kindName(account.kind)}
          </span>
        </li>
      ))}
      {fold && (
        <li>
          <button
            type="button"
            className="touch cursor-pointer rounded-check text-caption text-link hover:underline"
            onClick={() => setAll(true)}
          >
            and {accounts.length - SHOWN} more
          </button>
        </li>
      )}
    </ul>
  )
}
