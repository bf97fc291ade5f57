import { Bone } from '../ui/skeleton.tsx'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

export function PickerSkeleton() {
  return (
    <main aria-busy="true" className="mx-auto max-w-245 px-4 pt-27">
      <p role="status" className="sr-only">
        Loading the list of accounts
      </p>
      <div className="mb-5.5 flex items-center gap-3.5">
        <Bone className="size-11 rounded-card" />
        <div className="grid gap-2">
          <Bone className="h-5 w-52" />
          <Bone className="h-3.5 w-72" />
        </div>
      </div>
      <div className="rounded-card border border-line bg-card side:w-155">
        <div className="border-b border-line p-3.5">
          <Bone className="h-9" />
        </div>
        {ROWS.map((row) => (
          <div key={row} className="flex items-center gap-3 border-b border-line px-3.5 py-2.5 last:border-0">
            <Bone className="size-4" />
            <Bone className="size-8 rounded-button" />
            <div className="grid gap-1.5">
              <Bone className="h-3.5 w-36" />
              <Bone className="h-3 w-52" />
            </div>
          </div>
        ))}
      </div>
    </main>
  )
}
