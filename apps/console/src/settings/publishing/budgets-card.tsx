import { moment, useBudgets, useConnections, useProviders } from '@mooring/react'
import { useId } from 'react'
import { useNow } from '../../app/use-now.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Tile } from '../../ui/tile.tsx'
import { type BudgetLine, linesOf } from './budgets.ts'

/** What is left of what the platforms allow, and when it is more again. */
export function BudgetsCard() {
  const id = useId()
  const budgets = useBudgets()
  const providers = useProviders()
  const connections = useConnections()
  const now = useNow()
  const lines = budgets.data && linesOf(budgets.data, providers.data ?? [], connections.data ?? [])
  return (
    <Card aria-labelledby={id} className="p-4" data-slot="budgets">
      <h2 id={id} className="text-section">
        Limits of the platforms
      </h2>
      <p className="mt-0.5 text-caption text-ink-2">
        Learnt from their answers, or counted against what they publish. Where one is used up, posts wait by themselves.
      </p>
      {!lines ? (
        budgets.isError ? (
          <ErrorPanel error={budgets.error} onRetry={() => void budgets.refetch()} />
        ) : (
          <Bone className="mt-4 h-16" />
        )
      ) : lines.length === 0 ? (
        <p className="mt-3 text-ui text-ink-2">Nothing is known yet. The first posts tell.</p>
      ) : (
        <ul className="mt-2">
          {lines.map((line) => (
            <Line key={line.key} line={line} now={now} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Line({ line, now }: { line: BudgetLine; now: number }) {
  const { provider, name, what, whose, used, words, tight, budget } = line
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2.5 last:border-0 last:pb-0">
      <Tile provider={provider} name={name} size={18} />
      <span className="min-w-44 flex-1">
        <span className="block text-ui font-medium">
          {name} <span className="font-normal text-ink-2">{what}</span>
        </span>
        <span className="block text-caption text-ink-2">{whose}</span>
      </span>
      <span className="w-44 max-rail:w-full">
        <span
          className={`flex justify-between text-caption tabular-nums ${tight ? 'font-medium text-warn' : 'text-ink-2'}`}
        >
          {words}
        </span>
        <span aria-hidden="true" className="mt-1 block h-1 overflow-clip rounded-pill bg-line-strong">
          {used !== undefined && (
            <span
              className={`block h-full rounded-pill ${tight ? 'bg-warn-dot' : 'bg-ink-3'}`}
              style={{ width: `${Math.round(used * 100)}%` }}
            />
          )}
        </span>
      </span>
      <span className="w-32 text-right text-caption text-ink-2 max-rail:w-full max-rail:text-left">
        new at {moment(budget.resetsAt, now)}
        <span className="block text-ink-3">{budget.known === 'told' ? 'told by the platform' : 'counted by us'}</span>
      </span>
    </li>
  )
}
