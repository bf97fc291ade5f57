import {
  type Connection,
  type ConnectLink,
  inDays,
  type Provider,
  shortDate,
  useWithdrawConnectLink,
} from '@mooring/react'
import { nameOf } from '../accounts/name-of.ts'
import { useNow } from '../app/use-now.ts'
import { Row } from '../settings/row.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { notify } from '../ui/notify.tsx'

interface LinksProps {
  links: readonly ConnectLink[]
  providers: readonly Provider[]
  seats: readonly Connection[]
}

/** The links that were handed out: those that still work, and what became of the others. */
export function Links({ links, providers, seats }: LinksProps) {
  const open = links.filter((one) => one.state === 'open')
  const over = links.filter((one) => one.state !== 'open')
  if (links.length === 0) return null
  return (
    <Card aria-labelledby="links" data-slot="links">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="links" className="text-section">
          Links{' '}
          {open.length > 0 && <span className="ml-1 text-ui font-normal text-ink-2 tabular-nums">{open.length}</span>}
        </h2>
      </header>
      {open.length === 0 && <p className="px-4 py-4 text-ui text-ink-2">No link is open.</p>}
      {open.map((link) => (
        <OpenLink key={link.id} link={link} through={throughOf(link, providers, seats)} />
      ))}
      {over.length > 0 && (
        <details className="border-t border-line px-4 py-2.5">
          <summary className="touch w-fit cursor-pointer rounded-check text-ui text-ink-2 hover:text-ink">
            {over.length} used or over
          </summary>
          <ul className="mt-2 grid gap-1.5 text-caption text-ink-2">
            {over.map((link) => (
              <li key={link.id}>
                <b className="font-medium text-ink">{link.clientName}</b>, {throughOf(link, providers, seats)},{' '}
                {link.state === 'used' ? 'used' : 'over'}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

function OpenLink({ link, through }: { link: ConnectLink; through: string }) {
  const now = useNow()
  const withdraw = useWithdrawConnectLink()
  const run = () =>
    withdraw.mutate(link.id, {
      onSuccess: () => notify.ok(`The link for ${link.clientName} is withdrawn.`, { id: link.id }),
      onError: (error) => notify.problem(error, { id: link.id }),
    })
  return (
    <Row
      title={link.clientName}
      action={
        <Button
          size="small"
          busy={withdraw.isPending}
          aria-label={`Withdraw the link for ${link.clientName}`}
          onClick={run}
        >
          Withdraw
        </Button>
      }
    >
      {through}, made on {shortDate(link.createdAt, now)} by {link.createdBy}, ends {inDays(link.expiresAt, now)}
    </Row>
  )
}

function throughOf(
  { provider, reconnects }: ConnectLink,
  providers: readonly Provider[],
  seats: readonly Connection[],
) {
  const renewed = seats.find((one) => one.id === reconnects)
  return `${nameOf(providers, provider)}${renewed === undefined ? '' : `, anew for ${renewed.identity.label}`}`
}
