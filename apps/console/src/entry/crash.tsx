import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { CardPage } from './card-page.tsx'

/** The page itself made a mistake. */
export function Crash({ error }: ErrorComponentProps) {
  useTitle('A fault in this page')
  return (
    <CardPage title="This page made a mistake">
      <p>Your connections are not touched by it. Load the page again.</p>
      <p className="rounded-button bg-idle-bg px-2.5 py-2 font-mono text-mono wrap-anywhere text-ink">
        {error instanceof Error ? error.message : String(error)}
      </p>
      <p>
        <Button onClick={() => window.location.assign('/accounts')}>Load again</Button>
      </p>
    </CardPage>
  )
}
