import { Bone } from '../ui/skeleton.tsx'

const CARDS = ['a', 'b', 'c']
const LANES = ['a', 'b']

export function AccountsSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading your accounts
      </p>
      <div className="mb-3.5 grid gap-3 rounded-card border border-line bg-card p-4">
        <Bone className="h-4 w-44" />
        {LANES.map((lane) => (
          <div key={lane} className="flex items-center gap-8">
            <Bone className="h-3.5 w-42" />
            <Bone className="h-1 flex-1" />
          </div>
        ))}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,310px),1fr))] gap-3.5">
        {CARDS.map((card) => (
          <div key={card} className="grid gap-3.5 rounded-card border border-line bg-card p-3.5">
            <div className="flex gap-2.5">
              <Bone className="size-9 rounded-inset" />
              <div className="grid flex-1 content-center gap-1.5">
                <Bone className="h-4 w-24" />
                <Bone className="h-3 w-40" />
              </div>
              <Bone className="h-5.5 w-22 rounded-pill" />
            </div>
            <Bone className="h-5 w-48" />
            <Bone className="h-5 w-56" />
            <Bone className="h-4 w-64" />
            <Bone className="mt-4 h-7 w-40 rounded-button" />
          </div>
        ))}
      </div>
    </div>
  )
}
