import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Tile } from '../../ui/tile.tsx'

export interface CardHeadProps {
  provider: string
  name: string
  /** The connection whose page the name leads to. */
  to?: string
  line: ReactNode
  pill: ReactNode
}

export function CardHead({ provider, name, to, line, pill }: CardHeadProps) {
  return (
    <header className="flex items-start gap-2.5">
      <Tile provider={provider} name={name} />
      <div className="min-w-0 flex-1">
        <div className="-mt-px flex flex-wrap items-start justify-between gap-x-2">
          <h2 className="text-section">
            {to === undefined ? (
              name
            ) : (
              <Link
                to="/accounts/$connectionId"
                params={{ connectionId: to }}
                className="rounded-check hover:underline"
              >
                {name}
              </Link>
            )}
          </h2>
          <span className="-mt-px">{pill}</span>
        </div>
        <p className="text-caption text-ink-2 wrap-anywhere">{line}</p>
      </div>
    </header>
  )
}
