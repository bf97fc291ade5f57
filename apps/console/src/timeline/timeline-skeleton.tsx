import { Bone } from '../ui/skeleton.tsx'
import { SPANS } from './spans.ts'

const ROWS = ['a', 'b', 'c']

export function TimelineSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the timeline
      </p>
      <div className="mb-3.5 grid grid-cols-4 gap-3.5 max-rail:mb-3 max-rail:gap-2">
        {SPANS.map(({ id }) => (
          <div key={id} className="grid gap-2 rounded-card border border-line bg-card px-4 py-3 max-rail:px-3">
            <Bone className="h-7 w-8" />
            <Bone className="h-3.5 w-full max-w-24" />
          </div>
        ))}
      </div>
      <Bone className="mb-3.5 h-34 rounded-card! max-rail:hidden" />
      <Bone className="mb-2 h-4 w-20" />
      <div className="rounded-card border border-line bg-card">
        {ROWS.map((row) => (
          <div key={row} className="flex items-center gap-3 border-b border-line px-4 py-3 last:border-0">
            <Bone className="size-9 rounded-inset" />
            <div className="grid flex-1 gap-1.5">
              <Bone className="h-3.5 w-48 max-w-full" />
              <Bone className="h-3 w-72 max-w-full" />
            </div>
            <Bone className="h-7 w-22 rounded-button max-rail:hidden" />
          </div>
        ))}
      </div>
    </div>
  )
}
