import { useSignInWays } from '@mooring/react'
import { Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTitle } from '../app/use-title.ts'
import { Banner } from '../ui/banner.tsx'
import { CardPage } from './card-page.tsx'
import { LinkHint } from './link-hint.tsx'
import { OtherWays } from './other-ways.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondStepForm } from './second-step-form.tsx'

export interface SignInPageProps {
  /** Why the link that was just opened did not work. */
  problem?: string | undefined
  /** Why one has to sign in. */
  notice?: string | undefined
  /** The other sign-in sent the browser back without a yes. */
  failed?: boolean
}

export function SignInPage({ problem, notice, failed = false }: SignInPageProps) {
  useTitle('Sign in')
  const ways = useSignInWays()
  const [asked, setAsked] = useState(false)
  if (asked) {
    return (
      <CardPage title="Your second step">
        <SecondStepForm onBack={() => setAsked(false)} />
      </CardPage>
    )
  }
  return (
    <CardPage title={problem === undefined ? 'Sign in' : 'That link did not work'}>
      {(problem !== undefined || failed) && (
        <div role="alert">
          <Banner
            tone="bad"
            icon={TriangleAlert}
            message={
              problem ?? `${ways.data?.oidc ?? 'The other sign-in'} did not let you in here. Ask whoever runs it.`
            }
          />
        </div>
      )}
      {notice !== undefined && <Banner tone="idle" icon={Info} message={notice} />}
      <PasswordForm resetByMail={ways.data?.resetByMail ?? false} onSecondStep={() => setAsked(true)} />
      <OtherWays oidc={ways.data?.oidc ?? null} />
      <LinkHint />
    </CardPage>
  )
}
