import { firstSentence, heading, isApiProblem } from '@mooring/react'
import { toast } from 'sonner'
import { Toast, type ToastProps } from './toast.tsx'

interface Options {
  /** The same id takes the place of the earlier message. */
  id?: string
  action?: ToastProps['action']
  detail?: string | undefined
}

function show(tone: 'ok' | 'bad', message: string, { id, action, detail }: Options) {
  const [first, rest] = firstSentence(message)
  toast.custom(
    (key) => (
      <Toast
        tone={tone}
        title={heading(first)}
        description={rest}
        action={action}
        detail={detail}
        onClose={() => toast.dismiss(key)}
      />
    ),
    // Success goes by itself; a failure waits until somebody has read it.
    { unstyled: true, duration: tone === 'ok' ? 5000 : Number.POSITIVE_INFINITY, ...(id === undefined ? {} : { id }) },
  )
}

export const notify = {
  ok: (message: string, options: Options = {}) => show('ok', message, options),
  bad: (message: string, options: Options = {}) => show('bad', message, options),
  problem: (error: unknown, options: Options = {}) =>
    show('bad', messageOf(error), { detail: operatorView(error), ...options }),
}

export const messageOf = (error: unknown): string =>
  isApiProblem(error) ? error.message : 'The page made a mistake. Load it again.'

/** What an operator would look for, in one line a fact. */
export function operatorView(error: unknown): string | undefined {
  if (!isApiProblem(error)) return error instanceof Error ? error.message : undefined
  const facts = [error.code, error.providerCode, error.operatorDetail, error.requestId]
  return facts.filter((fact) => fact !== undefined).join('\n')
}
