import { useState } from 'react'
import { useAddress } from '../provider.tsx'
import { Initials, type InitialsProps } from './initials.tsx'

export interface AvatarProps extends InitialsProps {
  /** As the API names it: a path of Mooring's own. No page asks a platform's host. */
  picture: string | null | undefined
}

/** A picture, and the letters until it is there, or where it is there no more. */
export function Avatar({ picture, ...initials }: AvatarProps) {
  const address = useAddress(picture)
  return address === undefined ? (
    <Initials {...initials} />
  ) : (
    // Another address is another picture: what was learnt of the one before counts no more.
    <Shown key={address} address={address} {...initials} />
  )
}

function Shown({ address, ...initials }: InitialsProps & { address: string }) {
  const [state, setState] = useState<'coming' | 'there' | 'gone'>('coming')
  const { size = 20 } = initials
  if (state === 'gone') return <Initials {...initials} />
  return (
    <span data-slot="avatar" data-state={state} className="mooring-avatar">
      <Initials {...initials} />
      <img
        src={address}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        draggable={false}
        data-kind={initials.kind === undefined || initials.kind === 'person' ? 'person' : 'thing'}
        onLoad={() => setState('there')}
        onError={() => setState('gone')}
      />
    </span>
  )
}
