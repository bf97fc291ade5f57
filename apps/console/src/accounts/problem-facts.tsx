import type { Connection } from '@mooring/react'
import { Button } from '../ui/button.tsx'
import { copy } from '../ui/copy.ts'

/** What stands against a connection now, for the operator. It holds no secret and may be copied. */
export function ProblemFacts({ problem }: { problem: Connection['problem'] }) {
  if (!problem) return null
  const facts = [
    ['code', problem.code],
    ['platform says', problem.providerCode],
    ['detail', problem.operatorDetail],
    ['since', problem.since],
    ['tries', String(problem.failures)],
    ['next try', problem.nextTryAt],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  return (
    <div className="rounded-inset bg-idle-bg p-3">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 font-mono text-mono">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <Button
        size="small"
        className="mt-3"
        onClick={() => void copy(facts.map(([label, value]) => `${label}: ${value}`).join('\n'))}
      >
        Copy diagnostics
      </Button>
    </div>
  )
}
