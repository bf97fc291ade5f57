import { Bone } from '../ui/skeleton.tsx'

const ROWS = ['a', 'b', 'c']

export function ApiKeysSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the keys
      </p>
      {ROWS.map((row) => (
        <div key={row} className="flex h-10 items-center gap-8 border-b border-line px-4 last:border-0">
          <Bone className="h-3.5 w-32" />
          <Bone className="h-3.5 w-20" />
          <Bone className="h-5 w-28 max-rail:hidden" />
        </div>
      ))}
    </div>
  )
}
