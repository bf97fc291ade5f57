import { CircleCheck, CircleX, X } from 'lucide-react'
import { IconButton } from './icon-button.tsx'

export interface ToastProps {
  tone: 'ok' | 'bad'
  title: string
  description?: string | undefined
  action?: { label: string; run: () => void } | undefined
  /** For the operator: the code and what the platform said. */
  detail?: string | undefined
  onClose: () => void
}

export function Toast({ tone, title, description, action, detail, onClose }: ToastProps) {
  const Icon = tone === 'ok' ? CircleCheck : CircleX
  return (
    <div
      data-slot="toast"
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : 'status'}
      className="w-full rounded-inset font-sans border border-line-strong bg-float px-3.5 py-3 shadow-menu rail:w-95"
    >
      <div className="flex items-start gap-3">
        <Icon
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={`mt-px flex-none ${tone === 'ok' ? 'text-ok' : 'text-bad'}`}
        />
        <div className="min-w-0 flex-1">
          <p className="text-ui font-semibold text-ink">{title}</p>
          {description !== undefined && description !== '' && (
            <p className="mt-0.5 text-caption text-ink-2">{description}</p>
          )}
        </div>
        {action && (
          <button
            type="button"
            className="touch cursor-pointer rounded-check text-caption font-medium whitespace-nowrap text-link hover:underline"
            onClick={() => {
              onClose()
              action.run()
            }}
          >
            {action.label}
          </button>
        )}
        <IconButton label="Close" onClick={onClose} className="-my-1 -mr-1.5">
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {detail !== undefined && (
        <details className="mt-2 ml-7 text-caption text-ink-2">
          <summary className="touch w-fit cursor-pointer rounded-check text-link">What happened</summary>
          <p className="mt-1.5 max-h-40 overflow-y-auto rounded-button bg-idle-bg px-2.5 py-2 font-mono text-mono whitespace-pre-wrap wrap-anywhere text-ink">
            {detail}
          </p>
        </details>
      )}
    </div>
  )
}
