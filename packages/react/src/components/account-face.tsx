import type { PostAccount } from '../api.ts'
import { Mark } from '../marks/mark.tsx'
import { networkOf } from '../marks/networks.ts'
import { Avatar } from './avatar.tsx'

export interface AccountFaceProps {
  account: PostAccount
  size?: 20 | 28 | 32
}

/** Whose account it is, and on which network. It stands beside the words for both. */
export function AccountFace({ account, size = 28 }: AccountFaceProps) {
  const network = networkOf(account)
  return (
    <span data-slot="account-face" data-size={size} className="mooring-face" aria-hidden="true">
      <Avatar label={account.label} kind={account.kind} picture={account.picture} size={size} />
      <span className="mooring-face-mark">
        <Mark provider={network.mark} name={network.name} size={size === 20 ? 8 : 9} />
      </span>
    </span>
  )
}
