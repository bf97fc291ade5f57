import type { ReturnSearch } from '../../app/router.tsx'
import { useTitle } from '../../app/use-title.ts'
import { CardPage } from '../../entry/card-page.tsx'

/** Where whoever came by a link ends: they have no page here to go back to. */
export const LINK_END = '/connect/done'

export function DonePage({ search: { error, message } }: { search: ReturnSearch }) {
  const failed = error !== undefined
  useTitle(failed ? 'Not connected' : 'Connected', null)
  return failed ? (
    <CardPage title="That did not work">
      <p>{message ?? 'Nothing was connected.'}</p>
      <p>Ask whoever sent you the link for a new one.</p>
    </CardPage>
  ) : (
    <CardPage title="All is done">
      <p>You may close this page.</p>
    </CardPage>
  )
}
