import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copy } from './copy.ts'
import { IconButton } from './icon-button.tsx'

/** Something a machine reads, whole, with a button to take it along. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  return (
    <div
      data-slot="copy-field"
      className="flex min-h-7 items-center gap-1 rounded-button border border-control bg-well pr-0.5 pl-2"
    >
      <code className="min-w-0 flex-1 py-1 text-floor/4 font-normal text-ink wrap-anywhere select-all">{value}</code>
      <IconButton label={done ? 'Copied' : label} onClick={async () => setDone(await copy(value))} className="size-6">
        {done ? <Check size={14} className="text-ok" aria-hidden /> : <Copy size={14} strokeWidth={1.75} aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {done ? 'Copied' : ''}
      </span>
    </div>
  )
}
