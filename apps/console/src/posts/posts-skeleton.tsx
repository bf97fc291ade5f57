import { Bone } from '../ui/skeleton.tsx'

const ROWS = ['a', 'b', 'c', 'd']

export function PostsSkeleton() {
  return (
    <div aria-busy="true" className="rounded-card border border-line bg-card">
      <p role="status" className="sr-only">
        Loading posts
      </p>
      {ROWS.map((row) => (
        <div key={row} className="flex min-h-16 items-center gap-4 border-b border-line px-4 py-2.5 last:border-0">
          <Bone className="h-8 w-22 max-rail:hidden" />
          <div className="grid flex-1 gap-1.5">
            <Bone className="h-3.5 w-72 max-w-full" />
            <Bone className="h-3 w-40 max-w-full" />
          </div>
          <Bone className="h-5.5 w-22 rounded-pill!" />
        </div>
      ))}
    </div>
  )
}
