import type { FlowCredentials } from '../../api.ts'
import { passwordPromise } from '../../logic/credential-words.ts'
import { useMooring } from '../../provider.tsx'
import { Icon } from '../icon.tsx'

/** What is done with the password, said before it is given away. */
export function PasswordPromise({ credentials }: { credentials: FlowCredentials }) {
  const [first, rest] = passwordPromise(credentials)
  // Whole below Mooring's origin: its address may have a path of its own.
  const docs = new URL(credentials.docs, new URL(useMooring().address('/'), window.location.href)).href
  return (
    <div data-slot="password-promise" className="mooring-flow-note" data-tone="plain">
      <Icon name="lock" size={16} />
      <p>
        <b>{first}</b> {rest}{' '}
        <a href={docs} target="_blank" rel="noreferrer">
          How to end the access
        </a>
      </p>
    </div>
  )
}
