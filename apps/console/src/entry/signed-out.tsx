import { useTitle } from '../app/use-title.ts'
import { CopyField } from '../ui/copy-field.tsx'
import { CardPage } from './card-page.tsx'

export const LINK_COMMAND = 'npx mooring sign-in-link'

/** `problem`: why the link that was just opened did not work. */
export function SignedOut({ problem }: { problem?: string | undefined }) {
  useTitle('Sign in')
  return (
    <CardPage title={problem === undefined ? 'Sign in' : 'That link did not work'}>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <p>Open the sign-in link that the terminal printed.</p>
      <p>Lost it? Run this where Mooring runs, it prints a new one:</p>
      <CopyField value={LINK_COMMAND} label="Copy the command" />
    </CardPage>
  )
}
