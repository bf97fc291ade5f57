import { Bone } from '../../ui/skeleton.tsx'

const ROWS = ['a', 'b', 'c']

export function PostSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the post
      </p>
      <Bone className="mb-3 h-8.5 w-72 max-w-full" />
      <Bone className="mb-3.5 h-4 w-62 max-w-full" />
      <div className="grid items-start gap-3.5 side:grid-cols-[minmax(0,1fr)_280px]">
        <div className="rounded-card border border-line bg-card">
          {ROWS.map((row) => (
            <div key={row} className="flex items-center gap-3.5 border-b border-line px-4 py-2.5 last:border-0">
              <Bone className="size-8 rounded-button!" />
              <div className="grid flex-1 gap-1.5">
                <Bone className="h-3.5 w-40 max-w-full" />
                <Bone className="h-3 w-64 max-w-full" />
              </div>
              <Bone className="h-5.5 w-22 rounded-pill!" />
            </div>
          ))}
        </div>
        <Bone className="h-72 rounded-card!" />
      </div>
    </div>
  )
}
