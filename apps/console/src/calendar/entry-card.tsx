import { AccountFace, DeliveryStatus, longWall, networkOf, wallOf } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import type { Entry } from './entries.ts'

interface EntryCardProps {
  entry: Entry
  zone: string
  may: boolean
  onMove: () => void
}

/** What a press on an entry opens: the post at a glance, and the ways on. */
export function EntryCard({ entry, zone, may, onMove }: EntryCardProps) {
  const { post, movable, title } = entry
  return (
    <div className="grid gap-3">
      <div>
        <h2 className="line-clamp-2 text-ui font-semibold wrap-anywhere">{title}</h2>
        <p className="mt-0.5 text-caption text-ink-2">{longWall(wallOf(entry.at, zone))}</p>
      </div>
      <ul className="grid max-h-56 gap-2 overflow-y-auto">
        {post.deliveries.map((one) => (
          <li key={one.id} className="flex items-center gap-2.5">
            <AccountFace account={one.account} size={20} />
            <span className="min-w-0 flex-1 truncate text-caption">
              {one.account.label}
              <span className="sr-only"> on {networkOf(one.account).name}</span>
            </span>
            <DeliveryStatus delivery={one} />
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Link
          to="/posts/$post"
          params={{ post: post.id }}
          className="mooring-button"
          data-slot="button"
          data-variant="secondary"
          data-size="small"
        >
          Open
        </Link>
        {may && movable && (
          <>
            <Link
              to="/compose/{-$post}"
              params={{ post: post.id }}
              className="mooring-button"
              data-slot="button"
              data-variant="secondary"
              data-size="small"
            >
              Edit
            </Link>
            <Button size="small" onClick={onMove}>
              Move…
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
