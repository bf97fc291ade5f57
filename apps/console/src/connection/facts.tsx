import { ago, type Connection, clock, count, longDate, moment } from '@mooring/react'
import type { ReactNode } from 'react'
import { NextTry } from './next-try.tsx'

interface FactsProps {
  connection: Connection
  now: number
  onDue: () => void
}

/** When it was renewed and tested, and while it fails, how often it was tried and when again. */
export function Facts({ connection, now, onDue }: FactsProps) {
  const { lastRefreshedAt, lastTestedAt, problem, state } = connection
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(140px,1fr))] gap-x-4 gap-y-3 border-t border-line bg-raised/40 px-4 py-3">
      <Fact label="Last renewed">{lastRefreshedAt === null ? 'Not yet' : <When at={lastRefreshedAt} now={now} />}</Fact>
      <Fact label="Last tested">{lastTestedAt === null ? 'Not yet' : <When at={lastTestedAt} now={now} />}</Fact>
      {problem && state !== 'disconnected' && (
        <Fact label="Since">
          {moment(problem.since, now)}
          {problem.failures > 0 && <span className="text-ink-2">, {count(problem.failures, 'try', 'tries')}</span>}
        </Fact>
      )}
      {problem?.nextTryAt && (
        <Fact label="Next try">
          <NextTry key={problem.nextTryAt} at={problem.nextTryAt} onDue={onDue} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-caption text-ink-3">{label}</dt>
      <dd className="mt-0.5 text-ui">{children}</dd>
    </div>
  )
}

function When({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={`${longDate(at)}, ${clock(at)}`}>
      {ago(at, now)}
    </time>
  )
}
