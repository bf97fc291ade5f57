import { Mark } from '@mooring/react'

const SIZES = {
  18: { box: '', mark: 14 },
  36: { box: 'size-9 rounded-inset border border-line bg-raised', mark: 18 },
  44: { box: 'size-11 rounded-card border border-line bg-raised', mark: 21 },
}

/** A platform's mark in one colour on a neutral tile. It stands beside the platform's name, so it says nothing itself. */
export function Tile({ provider, name, size = 36 }: { provider: string; name: string; size?: keyof typeof SIZES }) {
  const { box, mark } = SIZES[size]
  return (
    <span data-slot="tile" aria-hidden="true" className={`inline-flex flex-none items-center justify-center ${box}`}>
      <Mark provider={provider} name={name} size={mark} />
    </span>
  )
}
