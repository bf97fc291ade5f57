import { Bone } from '../ui/skeleton.tsx'

const LIVES = ['a', 'b']

export function ConnectionSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the connection
      </p>
      <Bone className="mb-3 h-4 w-20" />
      <div className="mb-4 flex items-center gap-3">
        <Bone className="size-11 rounded-card!" />
        <div className="grid gap-1.5">
          <Bone className="h-6 w-48" />
          <Bone className="h-4 w-36" />
        </div>
      </div>
      <div className="grid gap-3.5 side:grid-cols-[minmax(0,1fr)_300px]">
        <div className="rounded-card border border-line bg-card">
          <div className="grid gap-3 p-4">
            <Bone className="h-5 w-16" />
            <Bone className="h-4 w-60" />
          </div>
          {LIVES.map((life) => (
            <div key={life} className="flex items-center gap-6 border-t border-line px-4 py-4">
              <Bone className="h-8 w-32" />
              <Bone className="h-1 flex-1" />
              <Bone className="h-8 w-22" />
            </div>
          ))}
        </div>
        <div className="grid content-start gap-3 rounded-card border border-line bg-card p-4">
          <Bone className="h-5 w-24" />
          <Bone className="h-5" />
          <Bone className="h-5" />
        </div>
      </div>
    </div>
  )
}
