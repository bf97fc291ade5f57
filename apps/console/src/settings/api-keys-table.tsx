import { type ApiKey, ago, DAY, inDays, shortDate } from '@mooring/react'
import { Trash2 } from 'lucide-react'
import { useNow } from '../app/use-now.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { ScopeChip } from './scope-chip.tsx'

const STALE_DAYS = 90
const SOON_DAYS = 7

/** A table on a desk, cards of the same cells on a phone. */
export function ApiKeysTable({ keys, onDelete }: { keys: readonly ApiKey[]; onDelete: (key: ApiKey) => void }) {
  const now = useNow()
  return (
    <table className="w-full text-left text-ui max-rail:block">
      <thead className="text-caption text-ink-2 max-rail:sr-only">
        <tr className="border-b border-line [&>th]:h-8.5 [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4">
          <th scope="col">Name</th>
          <th scope="col">Key</th>
          <th scope="col">May</th>
          <th scope="col">For</th>
          <th scope="col">Last used</th>
          <th scope="col">Ends</th>
          <th scope="col">
            <span className="sr-only">Delete</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-rail:block">
        {keys.map((key) => (
          <tr
            key={key.id}
            className="border-b border-line last:border-0 max-rail:relative max-rail:grid max-rail:gap-1.5 max-rail:px-4 max-rail:py-3 max-rail:pr-14 rail:[&>td]:h-10 rail:[&>td]:px-2 rail:[&>td]:py-1.5 rail:[&>td:first-child]:pl-4"
          >
            <td className="font-medium wrap-anywhere">{key.name}</td>
            <td className="font-mono text-mono whitespace-nowrap text-ink-2">{key.prefix}…</td>
            <td>
              <span className="flex flex-wrap gap-1.5">
                {key.scopes.map((scope) => (
                  <ScopeChip key={scope} scope={scope} />
                ))}
              </span>
            </td>
            <td className="whitespace-nowrap text-ink-2">
              <span className="rail:hidden">For: </span>
              {key.workspaceId === null ? 'The server' : 'One workspace'}
            </td>
            <td className={`whitespace-nowrap ${isStale(key, now) ? 'text-warn' : 'text-ink-2'}`}>
              <span className="rail:hidden">Last used: </span>
              {key.lastUsedAt === null ? 'Never' : ago(key.lastUsedAt, now)}
            </td>
            <td
              className={`whitespace-nowrap ${endsSoon(key, now) ? 'text-warn' : hasEnded(key, now) ? 'text-bad' : 'text-ink-2'}`}
              title={`Made on ${shortDate(key.createdAt, now)}${key.createdBy === null ? '' : ` by ${key.createdBy}`}`}
            >
              <span className="rail:hidden">Ends: </span>
              {key.expiresAt === null
                ? 'Never'
                : hasEnded(key, now)
                  ? `Ended ${shortDate(key.expiresAt, now)}`
                  : inDays(key.expiresAt, now)}
            </td>
            <td className="text-right max-rail:absolute max-rail:top-2 max-rail:right-3">
              <IconButton label={`Delete the key ${key.name}`} onClick={() => onDelete(key)}>
                <Trash2 size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A key that nobody used for a season is better deleted. */
const isStale = (key: ApiKey, now: number) => now - Date.parse(key.lastUsedAt ?? key.createdAt) > STALE_DAYS * DAY
const left = (key: ApiKey, now: number) => (key.expiresAt === null ? Infinity : Date.parse(key.expiresAt) - now)
const hasEnded = (key: ApiKey, now: number) => left(key, now) <= 0
const endsSoon = (key: ApiKey, now: number) => !hasEnded(key, now) && left(key, now) < SOON_DAYS * DAY
