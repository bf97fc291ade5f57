import { type DeliveryDetail, formatDate } from '@mooring/react'
import { type Line, linesOf } from './lines.ts'

const NODES: Record<Line['node'], string> = {
  done: 'border-idle bg-idle',
  open: 'border-idle',
  unknown: 'border-dashed border-unk-dot',
  bad: 'border-bad-dot bg-bad-dot',
}

/** Each step with its moment: a filled node is done, a hollow one to come, a dashed one not known. */
export function Timeline({ detail }: { detail: DeliveryDetail }) {
  const lines = linesOf(detail)
  if (lines.length === 0) return <p className="text-caption text-ink-2">Nothing was tried yet.</p>
  return (
    <ol data-slot="timeline" aria-label="What was done">
      {lines.map((line, place) => (
        <li key={line.key} data-node={line.node} className="grid grid-cols-[60px_14px_minmax(0,1fr)] gap-x-3">
          <time dateTime={line.at} className="pt-px text-right font-mono text-mono text-ink-3">
            {formatDate(line.at, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}
          </time>
          <span aria-hidden="true" className="flex flex-col items-center">
            <span className={`mt-0.75 size-3 flex-none rounded-pill border-2 ${NODES[line.node]}`} />
            {place < lines.length - 1 && <span className="my-0.5 w-px flex-1 bg-line-strong" />}
          </span>
          <div className="min-w-0 pb-2.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-ui">
              <span className="min-w-0 font-medium wrap-anywhere">{line.title}</span>
              {line.fact !== undefined && <code className="text-ink-3">{line.fact}</code>}
            </p>
            {line.note !== undefined && <p className="text-caption text-ink-2">{line.note}</p>}
            {line.excerpt !== undefined && (
              <details className="mt-1 text-caption">
                <summary className="touch w-fit cursor-pointer rounded-check text-link">Raw answer</summary>
                <pre className="mt-1.5 max-h-48 overflow-auto rounded-button bg-sunken px-2.5 py-2 font-mono text-mono whitespace-pre-wrap wrap-anywhere">
                  {line.excerpt}
                </pre>
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
