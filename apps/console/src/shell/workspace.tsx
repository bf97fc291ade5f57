import { Initials } from '@mooring/react'

/** Whose accounts these are. */
export function Workspace({ name }: { name: string }) {
  return (
    <div
      data-slot="workspace"
      className="flex items-center gap-2.5 rounded-inset border border-line bg-card px-2 py-1.5 max-side:justify-center max-side:border-transparent max-side:bg-transparent max-side:p-0"
      title={name}
    >
      <Initials label={name} kind="workspace" size={28} />
      <p className="min-w-0 max-side:sr-only">
        <span className="block truncate text-ui font-semibold">{name}</span>
        <span className="block text-floor font-normal text-ink-3">Workspace</span>
      </p>
    </div>
  )
}
