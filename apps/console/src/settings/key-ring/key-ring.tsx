import { isApiProblem, useRotate, useVault, type Vault } from '@mooring/react'
import { CircleCheck, CircleQuestionMark, Info, type LucideIcon, RefreshCw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Donut } from './donut.tsx'
import { KeyRows } from './key-rows.tsx'
import { Processes } from './processes.tsx'
import { ResealFault, ResealOutcome, ResealProgress } from './reseal.tsx'
import { ringOf, type Saying, sayingsOf } from './ring.ts'

/** Which key seals, which only open, and how far the move is. Whoever may not see it does not see that it is there. */
export function KeyRing() {
  const vault = useVault()
  if (isApiProblem(vault.error) && [401, 403, 404].includes(vault.error.status)) return null
  if (vault.data) return <Ring vault={vault.data} />
  return (
    <Card aria-labelledby="key-ring" data-slot="key-ring">
      <Head />
      {vault.isError ? (
        <ErrorPanel error={vault.error} onRetry={() => void vault.refetch()} />
      ) : (
        <div aria-busy="true" className="flex items-center gap-7 px-4 pt-3 pb-4">
          <p role="status" className="sr-only">
            Counting what rests on each key
          </p>
          <Bone className="size-26 rounded-pill" />
          <div className="grid flex-1 gap-4">
            <Bone className="h-5" />
            <Bone className="h-5" />
          </div>
        </div>
      )}
    </Card>
  )
}

function Head({ children }: { children?: ReactNode }) {
  return (
    <header className="flex items-start gap-4 px-4 pt-4 max-rail:flex-wrap">
      <div className="min-w-0 flex-1">
        <h2 id="key-ring" className="text-section">
          Key ring
        </h2>
        <p className="mt-0.5 text-caption text-ink-2">
          Every token is sealed with one of these keys. The newest one seals, older ones only open.
        </p>
      </div>
      {children}
    </header>
  )
}

function Ring({ vault }: { vault: Vault }) {
  const rotate = useRotate()
  // Of what it began with: the counts below change while it goes on.
  const [began, setBegan] = useState({ older: 0, moved: 0, total: 0 })
  const { older, moved } = ringOf(vault)
  const done = rotate.progress?.rewrapped ?? 0
  const share = rotate.isPending && began.total > 0 ? Math.min(1, began.moved + done / began.total) : moved
  const run = () => {
    setBegan({ older, moved, total: vault.total })
    rotate.mutate()
  }
  return (
    <Card aria-labelledby="key-ring" data-slot="key-ring">
      <Head>
        {(older > 0 || rotate.isPending) && (
          <Button busy={rotate.isPending} onClick={run}>
            <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
            {rotate.isPending ? 'Re-sealing' : 'Re-seal now'}
          </Button>
        )}
      </Head>
      <div className="flex items-center gap-7 px-4 pt-3 pb-4 max-rail:flex-col max-rail:items-stretch max-rail:gap-4">
        <span className="max-rail:self-center">
          <Donut share={share} />
        </span>
        <div className="min-w-0 flex-1">
          <KeyRows vault={vault} />
          <div className="border-t border-line">
            {rotate.isPending ? (
              <ResealProgress done={done} of={began.older} />
            ) : (
              <>
                {rotate.isSuccess && <ResealOutcome outcome={rotate.data} />}
                {rotate.isError && <ResealFault error={rotate.error} />}
                <ul className="grid gap-2 pt-3">
                  {sayingsOf(vault).map((one) => (
                    <Says key={one.text} saying={one} />
                  ))}
                </ul>
              </>
            )}
          </div>
        </div>
      </div>
      <Processes vault={vault} />
    </Card>
  )
}

const LOOK: Record<Saying['tone'], { icon: LucideIcon; tone: string }> = {
  ok: { icon: CircleCheck, tone: 'text-ok' },
  idle: { icon: Info, tone: 'text-ink-2' },
  warn: { icon: TriangleAlert, tone: 'text-warn' },
  bad: { icon: CircleQuestionMark, tone: 'text-bad' },
}

function Says({ saying }: { saying: Saying }) {
  const { icon: Icon, tone } = LOOK[saying.tone]
  return (
    <li data-tone={saying.tone} className="flex gap-2 text-caption">
      <Icon size={14} strokeWidth={1.75} aria-hidden className={`mt-px flex-none ${tone}`} />
      <span className={`min-w-0 ${saying.tone === 'bad' || saying.tone === 'warn' ? tone : 'text-ink'}`}>
        {saying.text}
      </span>
    </li>
  )
}
