import { useEnter } from '@mooring/react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Row } from '../row.tsx'

/** `blocked`: they have no e-mail address yet. */
export function LinkOidc({ name, blocked }: { name: string; blocked: boolean }) {
  const link = useEnter((client, _: undefined) => client.session.oidc(true))
  const run = () =>
    link.mutate(undefined, {
      onSuccess: ({ url }) => window.location.assign(url),
      onError: (error) => notify.problem(error, { id: 'oidc' }),
    })
  return (
    <Row
      title={name}
      action={
        <Button blocked={blocked} busy={link.isPending || link.isSuccess} onClick={run}>
          Link it
        </Button>
      }
    >
      {blocked ? 'Give your e-mail address first.' : 'Sign in there once, and it opens this account from then on.'}
    </Row>
  )
}
