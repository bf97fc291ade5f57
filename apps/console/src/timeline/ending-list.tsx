import type { Ending, Provider } from '@mooring/react'
import { Card } from '../ui/card.tsx'
import { EndingRow } from './ending-row.tsx'
import { groupsOf } from './groups.ts'
import { keyOf, urgencyOf } from './spans.ts'

interface EndingListProps {
  endings: readonly Ending[]
  providers: readonly Provider[]
  now: number
  /** The key of the ending that a mark led to. */
  lit: string | undefined
}

/** By week and month; one button is filled, that of the most urgent matter of a person. */
export function EndingList({ endings, providers, now, lit }: EndingListProps) {
  const first = endings.find((one) => one.who === 'person' && urgencyOf(one, now) === 'bad')
  return (
    <div className="grid gap-4">
      {groupsOf(endings, now).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h2 className="mb-1.5 flex items-baseline gap-2 text-ui font-semibold">
            {group.title}
            <span className="text-caption font-normal text-ink-3 tabular-nums">{group.endings.length}</span>
          </h2>
          <Card className="overflow-clip">
            <ul>
              {group.endings.map((ending) => (
                <EndingRow
                  key={keyOf(ending)}
                  ending={ending}
                  provider={providers.find((one) => one.id === ending.provider)}
                  now={now}
                  first={ending === first}
                  lit={keyOf(ending) === lit}
                />
              ))}
            </ul>
          </Card>
        </section>
      ))}
    </div>
  )
}
