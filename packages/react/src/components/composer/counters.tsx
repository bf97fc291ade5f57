import type { Counter } from '../../api.ts'
import { counterOf, fullness, tightest } from '../../logic/issues.ts'
import { Mark } from '../../marks/mark.tsx'
import { type Network, networkOf } from '../../marks/networks.ts'
import { useDesk } from './context.ts'

/** What is left of each network's limit, as each counts. */
export function Counters({ at, id }: { at: string; id?: string }) {
  const { chosen, check } = useDesk()
  const networks = [...new Map(chosen.map((one) => [networkOf(one.account).id, networkOf(one.account)])).values()]
  const shown = networks.flatMap((network) => {
    const counters = chosen
      .filter((one) => networkOf(one.account).id === network.id)
      .flatMap((one) => counterOf(check, one.account.id, at) ?? [])
    const counter = tightest(counters)
    return counter ? [{ network, counter }] : []
  })
  return (
    <ul id={id} className="mooring-counters" aria-label="Letters left">
      {shown.map(({ network, counter }) => (
        <One key={network.id} network={network} counter={counter} />
      ))}
    </ul>
  )
}

function One({ network, counter }: { network: Network; counter: Counter }) {
  const { part, left, tone } = fullness(counter)
  const words = left < 0 ? `${(-left).toLocaleString('en')} too many` : `${left.toLocaleString('en')} left`
  return (
    <li
      data-tone={tone}
      data-network={network.id}
      title={`${network.name}: ${words} of ${counter.limit.toLocaleString('en')}`}
    >
      <Mark provider={network.mark} name={network.name} size={13} />
      <FillRing part={part} />
      <span aria-hidden="true">{left < 0 ? `−${(-left).toLocaleString('en')}` : left.toLocaleString('en')}</span>
      <span className="mooring-hidden">
        {network.name}: {words}
      </span>
    </li>
  )
}

const ROUND = 2 * Math.PI * 6

export function FillRing({ part }: { part: number }) {
  return (
    <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden="true" className="mooring-fill">
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="6" strokeDasharray={`${part * ROUND} ${ROUND}`} transform="rotate(-90 8 8)" />
    </svg>
  )
}
