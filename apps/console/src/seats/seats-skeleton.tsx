import { Bone } from '../ui/skeleton.tsx'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

export function SeatsSkeleton() {
  return (
    <div aria-busy="true" className="rounded-card border border-line bg-card">
      <p role="status" className="sr-only">
        Loading the seats
      </p>
      <div className="p-4">
        <Bone className="h-2.5" />
        <Bone className="mt-4 h-9 w-60" />
      </div>
      {ROWS.map((row) => (
        <div key={row} className="flex h-14 items-center gap-3 border-t border-line px-4">
          <Bone className="size-7 rounded-pill" />
          <div className="grid flex-1 gap-1.5">
            <Bone className="h-3.5 w-36" />
            <Bone className="h-3 w-48" />
          </div>
          <Bone className="h-5.5 w-24 rounded-pill" />
        </div>
      ))}
    </div>
  )
}
