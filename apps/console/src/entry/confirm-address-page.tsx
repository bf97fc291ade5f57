import { usePeopleChange } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHashToken } from '../app/use-hash-token.ts'
import { useTitle } from '../app/use-title.ts'
import { messageOf } from '../ui/notify.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { CardPage } from './card-page.tsx'

/** Where the letter leads; who is not signed in signs in first, as who asked for it. */
export function ConfirmAddressPage() {
  useTitle('Confirm your e-mail address')
  const token = useHashToken()
  const { mutate, data, error } = usePeopleChange((client, typed: string) => client.me.confirmEmail(typed))
  useEffect(() => {
    if (token !== undefined) mutate(token)
  }, [token, mutate])
  if (data) {
    return (
      <CardPage title="Your e-mail address is confirmed">
        <p>
          From now on you sign in as <b className="font-semibold text-ink">{data.email}</b>.
        </p>
        <On />
      </CardPage>
    )
  }
  if (error !== null || token === undefined) {
    return (
      <CardPage title="This link did not work">
        <p>{error === null ? 'Open the link of the letter again.' : messageOf(error)}</p>
        <On />
      </CardPage>
    )
  }
  return <Waiting label="Confirming your e-mail address" />
}

const On = () => (
  <p>
    <Link to="/settings/security" className="text-link hover:underline">
      How you sign in
    </Link>
  </p>
)
