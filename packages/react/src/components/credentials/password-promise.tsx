import type { FlowCredentials } from '../../api.ts'
import { passwordPromise } from '../../logic/credential-words.ts'
import { useAddress } from '../../provider.tsx'
import { Icon } from '../icon.tsx'

/** What is done with the password, said before it is given away. */
export function PasswordPromise({ credentials, platform }: { credentials: FlowCredentials; platform: string }) {
  const [first, rest] = passwordPromise(credentials, platform)
  const docs = useAddress(credentials.docs)
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
