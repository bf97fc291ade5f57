import { type ConnectLinkSeen, FlowSheet, isApiProblem, useConnectLink, useFollowConnectLink } from '@mooring/react'
import { KeyRound, Lock, Smartphone } from 'lucide-react'
import { useTitle } from '../../app/use-title.ts'
import { CardPage } from '../../entry/card-page.tsx'
import { SignInMark } from '../../marks/sign-in-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorPage } from '../../ui/error-page.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { FlowPage } from './flow-page.tsx'

/** What an agency's client opens: who asks for what, and one step to it. Nobody has to be signed in. */
export function LinkPage({ link }: { link: string }) {
  useTitle('Sign in', null)
  const seen = useConnectLink(link)
  if (seen.data) return <Seen link={link} seen={seen.data} />
  if (isApiProblem(seen.error) && seen.error.status > 0 && seen.error.status < 500) {
    return (
      <CardPage title="This link does not work">
        <p>Open it once more as it was sent to you, whole. If that does not help, ask for a new one.</p>
      </CardPage>
    )
  }
  if (seen.isError) return <ErrorPage error={seen.error} onRetry={() => void seen.refetch()} />
  return <Waiting label="Opening the link" />
}

const OVER = {
  used: {
    title: 'This link was used',
    says: (asker: string) => `It works once. Ask ${asker} for a new one if you have to sign in again.`,
  },
  expired: {
    title: 'This link is over',
    says: (asker: string) => `It was good for some days. Ask ${asker} for a new one, it takes them a moment.`,
  },
}

function Seen({ link, seen: { asker, clientName, provider, state } }: { link: string; seen: ConnectLinkSeen }) {
  const follow = useFollowConnectLink(link)
  const over = state === 'open' ? undefined : OVER[state]
  return (
    <FlowPage>
      <FlowSheet asker={asker}>
        <div className="mooring-flow">
          <header className="mooring-flow-head">
            <SignInMark />
            <div>
              <h1 className="mooring-flow-title">{over?.title ?? `Connect ${provider.platform} for ${clientName}`}</h1>
              <p className="mooring-flow-lead">
                {over?.says(asker.name) ??
                  `${asker.name} asks you to sign in to ${provider.platform} once, through ${provider.name}. You need no account here.`}
              </p>
            </div>
          </header>
          {!over && (
            <>
              <ul className="grid gap-2.5 text-ui text-ink-2">
                <li className="flex gap-2.5">
                  <KeyRound size={16} strokeWidth={1.75} className="mt-px flex-none" aria-hidden />
                  Your e-mail and password for {provider.platform}
                </li>
                <li className="flex gap-2.5">
                  <Smartphone size={16} strokeWidth={1.75} className="mt-px flex-none" aria-hidden />
                  Your phone, {provider.platform} usually asks for a code
                </li>
                <li className="flex gap-2.5">
                  <Lock size={16} strokeWidth={1.75} className="mt-px flex-none" aria-hidden />
                  About two minutes. What is done with your password is said before you type it
                </li>
              </ul>
              <FormProblem error={follow.error} />
              <Button
                variant="primary"
                data-size="wide"
                className="w-full"
                busy={follow.isPending || follow.isSuccess}
                onClick={() => follow.mutate()}
              >
                Go on
              </Button>
            </>
          )}
        </div>
      </FlowSheet>
    </FlowPage>
  )
}
