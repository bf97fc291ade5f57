import { CardPage } from '../entry/card-page.tsx'
import type { Failure } from './outcome.ts'

/** For somebody who came from a terminal's link and is not signed in here. */
export function BackToTerminal({ failure }: { failure: Failure | undefined }) {
  if (failure) {
    return (
      <CardPage title="That did not work">
        <p>{failure.message}</p>
        <p>Go back to your terminal.</p>
        <p className="font-mono text-mono text-ink-3 wrap-anywhere">{failure.detail}</p>
      </CardPage>
    )
  }
  return (
    <CardPage title="The platform said yes">
      <p>Go back to your terminal. You may close this page.</p>
    </CardPage>
  )
}
