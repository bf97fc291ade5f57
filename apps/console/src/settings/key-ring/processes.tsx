import { ago, count, type Vault } from '@mooring/react'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useNow } from '../../app/use-now.ts'
import { ringOf } from './ring.ts'

/** Who serves now, and with which keys. Open by itself where they differ. */
export function Processes({ vault }: { vault: Vault }) {
  const now = useNow()
  const { behind } = ringOf(vault)
  const { processes } = vault
  if (processes.length === 0) return null
  return (
    <details className="border-t border-line" open={behind.length > 0}>
      <summary className="touch cursor-pointer px-4 py-3 text-caption text-ink-2 -outline-offset-2! hover:text-ink">
        {count(processes.length, 'process', 'processes')},{' '}
        {behind.length === 0 ? (
          'all with the same key in front'
        ) : (
          <span className="text-warn">{behind.length} with another key in front</span>
        )}
      </summary>
      <ul className="px-4 pb-2">
        {processes.map((one) => {
          const off = behind.includes(one)
          const Sign = off ? TriangleAlert : CircleCheck
          return (
            <li
              key={one.id}
              data-process={one.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-caption"
            >
              <Sign size={13} aria-hidden className={`flex-none ${off ? 'text-warn' : 'text-ok'}`} />
              <span className="font-medium wrap-anywhere">
                {one.host} <span className="font-normal text-ink-2">pid {one.pid}</span>
              </span>
              {one.current && <span className="text-ink-2">answers you now</span>}
              <span className="ml-auto text-ink-2">
                {one.version}, seen {ago(one.seenAt, now)}
              </span>
              <code className={`basis-full pl-6 wrap-anywhere ${off ? 'text-warn' : 'text-ink-3'}`}>
                {one.kids.join(', ')}
              </code>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
