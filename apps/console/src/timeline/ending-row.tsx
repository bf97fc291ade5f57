import { dayAndMonth, type Ending, inDays, longDate, moment, type Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Wrench } from 'lucide-react'
import { useRefused } from '../alerts/use-refused.ts'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Tile } from '../ui/tile.tsx'
import { keyOf, urgencyOf } from './spans.ts'

const SAYS = { bad: 'text-bad', warn: 'text-warn', plain: 'text-ink' }

interface EndingRowProps {
  ending: Ending
  provider: Provider | undefined
  now: number
  /** The one with the filled button. */
  first: boolean
  /** A mark of the drawing led here. */
  lit: boolean
}

export const rowId = (ending: Ending): string => `ending-${keyOf(ending)}`

/** One thing that ends: whose it is, when, what that means, and the one thing to do. */
export function EndingRow({ ending, provider, now, first, lit }: EndingRowProps) {
  const { connection, message, at } = ending
  const name = provider?.name ?? ending.provider
  const over = Date.parse(at) <= now
  return (
    <li
      id={rowId(ending)}
      tabIndex={-1}
      data-slot="ending"
      data-who={ending.who}
      data-lit={lit || undefined}
      className="grid scroll-mt-16 grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line px-4 py-3 -outline-offset-2! last:border-0 data-lit:animate-glow max-rail:grid-cols-[36px_minmax(0,1fr)] max-rail:items-start max-rail:gap-y-2.5 max-rail:px-3.5 rail:grid-cols-[36px_minmax(0,1fr)_120px_112px]"
    >
      <Tile provider={ending.provider} name={name} />
      <div className="min-w-0">
        <p className="text-ui font-semibold">
          {connection ? (
            <Link
              to="/accounts/$connectionId"
              params={{ connectionId: connection.id }}
              className="rounded-check hover:underline"
            >
              {name} <span className="font-normal text-ink-2">{connection.label}</span>
            </Link>
          ) : (
            <>
              {name}{' '}
              <span className="font-normal text-ink-2">
                <Wrench size={12} className="mr-1 inline-block align-[-2px]" aria-hidden />
                for the operator
              </span>
            </>
          )}
        </p>
        <p className="mt-0.5 text-caption text-ink-2">{message}</p>
      </div>
      <div className="max-rail:col-start-2 max-rail:flex max-rail:items-center max-rail:justify-between rail:contents">
        <p className="text-caption text-ink-2 rail:text-right">
          <time dateTime={at} title={longDate(at)} className={`font-semibold ${SAYS[urgencyOf(ending, now)]}`}>
            {over ? 'Now' : inSentence(at, now)}
          </time>
          <span className="block">{over ? `since ${moment(at, now)}` : dayAndMonth(at)}</span>
        </p>
        <div className="flex justify-end">
          <Action ending={ending} provider={provider} name={name} first={first} />
        </div>
      </div>
    </li>
  )
}

const inSentence = (at: string, now: number) => {
  const words = inDays(at, now)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

interface ActionProps {
  ending: Ending
  provider: Provider | undefined
  name: string
  first: boolean
}

function Action({ ending, provider, name, first }: ActionProps) {
  const { start, busy } = useStart()
  const refused = useRefused()
  const { connection } = ending
  if (connection && refused(ending.registration)) {
    return <p className="text-caption text-ink-2 rail:text-right">Waits for the operator</p>
  }
  if (connection) {
    return (
      <Button
        size="small"
        variant={first ? 'primary' : 'secondary'}
        busy={busy}
        aria-label={`Reconnect ${name}, ${connection.label}`}
        onClick={() => start({ reconnect: connection.id })}
      >
        Reconnect
      </Button>
    )
  }
  if (!provider || !/^(https?:\/)?\//.test(provider.docs)) return null
  return (
    <a
      href={provider.docs}
      target="_blank"
      rel="noreferrer"
      className="mooring-button"
      data-slot="button"
      data-variant="secondary"
      data-size="small"
    >
      What to do
    </a>
  )
}
