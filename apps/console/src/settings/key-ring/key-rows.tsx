import { Pill, type Vault } from '@mooring/react'
import { lookOf } from './ring.ts'

const DOT = { ok: 'bg-accent', warn: 'bg-warn-dot', bad: 'bg-bad-dot', idle: 'bg-line-strong' }

/** Each key by its id, never itself, with what rests on it. */
export function KeyRows({ vault }: { vault: Vault }) {
  return (
    <ul aria-label="Keys">
      {vault.keys.map((key) => {
        const { label, tone, icon } = lookOf(key, vault.safeToRemove)
        return (
          <li
            key={key.kid}
            data-key={key.kid}
            data-tone={tone}
            className="flex min-h-10.5 items-center gap-3 border-b border-line py-1.5 last:border-0 max-rail:flex-wrap"
          >
            <span aria-hidden="true" className={`size-2.5 flex-none rounded-[3px] ${DOT[tone]}`} />
            <code className="w-20 flex-none text-ink">{key.kid}</code>
            <Pill tone={tone} icon={icon}>
              {label}
            </Pill>
            <span
              className="ml-auto text-ui font-semibold whitespace-nowrap tabular-nums"
              title={Object.entries(key.byColumn)
                .map(([column, values]) => `${column}: ${values.toLocaleString('en')}`)
                .join('\n')}
            >
              {key.values.toLocaleString('en')}{' '}
              <span className="text-caption font-normal text-ink-2">{key.values === 1 ? 'value' : 'values'}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
