import { networkOf, type PublishTarget, zoneName } from '@mooring/react'
import { ChevronDown, Globe } from 'lucide-react'
import { countsOf, type Entry, FILTERS, type Filter } from './entries.ts'
import { FILTER_LOOKS, INKS } from './looks.ts'

const FILLS = { bad: 'bg-bad-bg', unk: 'bg-unk-bg', warn: 'bg-warn-bg', ok: '', idle: '', accent: '' }

interface FiltersProps {
  targets: readonly PublishTarget[]
  account: string | undefined
  onAccount: (id: string | undefined) => void
  entries: readonly Entry[]
  chosen: Filter | undefined
  onChoose: (filter: Filter | undefined) => void
  zone: string
}

/** Whose posts, and the counts of what needs somebody: each is a filter. */
export function Filters({ targets, account, onAccount, entries, chosen, onChoose, zone }: FiltersProps) {
  const counts = countsOf(entries)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative">
        <select
          aria-label="Account"
          value={account ?? ''}
          onChange={(event) => onAccount(event.target.value || undefined)}
          className="h-7 max-w-60 cursor-pointer appearance-none truncate rounded-button border border-line-strong bg-raised pr-7 pl-2.5 text-caption font-medium max-rail:h-11 max-rail:text-[16px]"
        >
          <option value="">All accounts</option>
          {targets.map((one) => (
            <option key={one.account.id} value={one.account.id}>
              {one.account.label}, {networkOf(one.account).name}
            </option>
          ))}
        </select>
        <ChevronDown
          size={13}
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-3"
        />
      </div>
      <span className="flex-1" />
      {FILTERS.filter((filter) => counts[filter] > 0 || filter === chosen).map((filter) => {
        const { icon: Icon, tone, dashed, words } = FILTER_LOOKS[filter]
        return (
          <button
            key={filter}
            type="button"
            data-filter={filter}
            aria-pressed={filter === chosen}
            onClick={() => onChoose(filter === chosen ? undefined : filter)}
            className={`touch flex h-5.5 cursor-pointer items-center gap-1.5 rounded-pill px-2.5 text-caption font-medium ${INKS[tone]} ${dashed ? 'border border-dashed border-bad-dot' : FILLS[tone]} aria-pressed:outline-2 aria-pressed:outline-offset-1 aria-pressed:outline-accent`}
          >
            <Icon size={13} aria-hidden />
            {words(counts[filter])}
          </button>
        )
      })}
      <span className="flex items-center gap-1.5 pl-1 text-caption text-ink-2">
        <Globe size={13} aria-hidden />
        {zoneName(zone)}
      </span>
    </div>
  )
}
