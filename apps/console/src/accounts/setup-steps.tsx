import type { Registration } from '@mooring/react'
import { Fragment } from 'react'
import { CopyField } from '../ui/copy-field.tsx'
import { partsOf, stepsOf } from './setup.ts'

/** What to do at the provider and here, in order, with the exact address to copy. */
export function SetupSteps({ registration }: { registration: Registration }) {
  const { redirectUri, env, when } = registration
  return (
    <div className="grid gap-2.5 text-caption text-ink-2">
      <p>{when}</p>
      <ol className="grid gap-2">
        {stepsOf(registration).map(({ text, address }, index) => (
          <li key={text} className="flex gap-2">
            <span className="w-2.5 flex-none text-ink-3 tabular-nums" aria-hidden="true">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              {partsOf(text, env).map((part) => (
                <Fragment key={part.text}>
                  {part.name ? <code className="text-ink wrap-anywhere">{part.text}</code> : part.text}
                </Fragment>
              ))}
              {address && (
                <div className="mt-1.5 -ml-4.5">
                  <CopyField value={redirectUri} label="Copy the redirect address" />
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
      <Missing env={env} />
    </div>
  )
}

/** Half a configuration is worth saying: one name set, the other forgotten. */
function Missing({ env }: { env: Registration['env'] }) {
  const required = env.filter((one) => one.required)
  const missing = required.filter((one) => !one.set)
  if (missing.length === 0 || missing.length === required.length) return null
  return (
    <p className="text-warn">
      Still missing: <code>{missing.map((one) => one.name).join(', ')}</code>
    </p>
  )
}
