import { CopyField } from '../ui/copy-field.tsx'

export const LINK_COMMAND = 'npx mooring sign-in-link'

/** The way in that whoever runs the server always has. */
export function LinkHint() {
  return (
    <details className="group rounded-inset border border-line px-3 py-2 text-ui text-ink-2" open>
      <summary className="cursor-pointer font-medium text-ink">Do you run this server?</summary>
      <div className="mt-2 grid gap-2">
        <p>Open the sign-in link that the terminal printed.</p>
        <p>Lost it? Run this where Mooring runs, it prints a new one:</p>
        <CopyField value={LINK_COMMAND} label="Copy the command" />
      </div>
    </details>
  )
}
