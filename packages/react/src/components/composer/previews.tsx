import { useId, useState } from 'react'
import type { PublishTarget } from '../../api.ts'
import { counterOf } from '../../logic/issues.ts'
import { contentOf } from '../../logic/post-content.ts'
import { fitting } from '../../logic/split.ts'
import { Mark } from '../../marks/mark.tsx'
import { networkOf } from '../../marks/networks.ts'
import { PostPreview } from '../previews/post-preview.tsx'
import { useDesk } from './context.ts'

/** More at once are only scrolled past. */
const MOST = 8

/** How it looks where it goes. */
export function Previews({ when }: { when: string }) {
  const { draft, targets } = useDesk()
  const [only, setOnly] = useState<string>('all')
  const id = useId()
  const chosen = draft.targets.flatMap(({ accountId }) => targets.find((one) => one.account.id === accountId) ?? [])
  const networks = [...new Map(chosen.map((one) => [networkOf(one.account).id, networkOf(one.account)])).values()]
  const filter = networks.some((one) => one.id === only) ? only : 'all'
  const shown = chosen.filter((one) => filter === 'all' || networkOf(one.account).id === filter)
  return (
    <section className="mooring-previews" aria-labelledby={id} data-slot="composer-previews">
      <header>
        <h2 id={id}>Preview</h2>
        {networks.length > 1 && (
          <fieldset className="mooring-preview-filter">
            <legend className="mooring-hidden">Which network</legend>
            <Filter label="All" on={filter === 'all'} onChoose={() => setOnly('all')}>
              All
            </Filter>
            {networks.map((one) => (
              <Filter key={one.id} label={one.name} on={filter === one.id} onChoose={() => setOnly(one.id)}>
                <Mark provider={one.mark} name={one.name} size={15} />
              </Filter>
            ))}
          </fieldset>
        )}
      </header>
      {shown.length === 0 ? (
        <p className="mooring-previews-none">Choose an account and see how it will look there.</p>
      ) : (
        shown.slice(0, MOST).map((one) => <Preview key={one.account.id} target={one} when={when} />)
      )}
      {shown.length > MOST && <p className="mooring-previews-none">{shown.length - MOST} more look like these.</p>}
    </section>
  )
}

function Preview({ target, when }: { target: PublishTarget; when: string }) {
  const { draft, media, check } = useDesk()
  const { account, features } = target
  const content = contentOf(draft, account.id)
  const counter = counterOf(check, account.id, 'text')
  const over = counter !== undefined && counter.used > counter.limit
  const fits = over ? fitting(content.text, { limit: counter.limit, weighted: features.text.weighted }) : undefined
  return (
    <div className="mooring-preview" data-slot="preview" data-account={account.id}>
      <PostPreview account={account} content={content} media={media} when={when} fits={fits} />
      {over && (
        <p className="mooring-preview-over">
          {counter.used.toLocaleString('en')} of {counter.limit.toLocaleString('en')}
        </p>
      )}
    </div>
  )
}

interface FilterProps {
  label: string
  on: boolean
  onChoose: () => void
  children: React.ReactNode
}

const Filter = ({ label, on, onChoose, children }: FilterProps) => (
  <button type="button" aria-label={label} title={label} aria-pressed={on} onClick={onChoose}>
    {children}
  </button>
)
