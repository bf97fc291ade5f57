import { type Connection, count, longDate, type Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { AccountLines } from '../accounts/card/account-lines.tsx'
import { ScopeTicks } from '../accounts/card/scope-ticks.tsx'
import { registrationOf } from '../accounts/name-of.ts'
import { Card } from '../ui/card.tsx'
import { CopyField } from '../ui/copy-field.tsx'

/** What the connection is for, what it may do, and what an operator looks for. */
export function Side({ connection, provider }: { connection: Connection; provider: Provider | undefined }) {
  const { id, accounts, state, grantedScopes, missingScopes } = connection
  const works = state === 'connected' || state === 'failing'
  return (
    <div className="grid content-start gap-3.5">
      {state !== 'disconnected' && (
        <Card aria-labelledby="accounts" className="p-4">
          <header className="mb-3 flex items-baseline justify-between gap-3">
            <h2 id="accounts" className="text-section">
              {count(accounts.length, 'account')}
            </h2>
            {works && (
              <Link
                to="/accounts/$connectionId/choose"
                params={{ connectionId: id }}
                className="touch rounded-check text-caption font-medium text-link hover:underline"
              >
                {accounts.length === 0 ? 'Choose accounts' : 'Add or remove'}
              </Link>
            )}
          </header>
          {accounts.length === 0 ? (
            <p className="text-caption text-ink-2">None is chosen yet.</p>
          ) : (
            <AccountLines accounts={accounts} />
          )}
        </Card>
      )}
      {(grantedScopes.length > 0 || missingScopes.length > 0) && (
        <Card aria-labelledby="permissions" className="p-4">
          <h2 id="permissions" className="mb-2.5 text-section">
            Permissions
          </h2>
          <ScopeTicks connection={connection} provider={provider} />
        </Card>
      )}
      <About connection={connection} provider={provider} />
    </div>
  )
}

function About({ connection, provider }: { connection: Connection; provider: Provider | undefined }) {
  const { id, registration, identity, connectedBy, connectedAt, createdAt, disconnectedAt } = connection
  return (
    <Card aria-labelledby="about" className="p-4">
      <h2 id="about" className="mb-1 text-section">
        About
      </h2>
      <dl>
        {identity.email !== null && <Line label="E-mail">{identity.email}</Line>}
        <Line label="App">{registrationOf(provider, registration)?.name ?? registration}</Line>
        {connectedBy !== null && <Line label="Connected by">{connectedBy}</Line>}
        {connectedAt !== null && <Line label="Consented">{longDate(connectedAt)}</Line>}
        <Line label="First made">{longDate(createdAt)}</Line>
        {disconnectedAt !== null && <Line label="Disconnected">{longDate(disconnectedAt)}</Line>}
      </dl>
      <p className="mt-2 mb-1 text-caption text-ink-3">Its id, for the API and the command line</p>
      <CopyField value={id} label="Copy the id" />
    </Card>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-b border-line py-2 text-caption last:border-0">
      <dt className="w-20 flex-none text-ink-2">{label}</dt>
      <dd className="min-w-0 flex-1 text-right wrap-anywhere">{children}</dd>
    </div>
  )
}
