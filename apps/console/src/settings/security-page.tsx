import { TriangleAlert } from 'lucide-react'
import { useTitle } from '../app/use-title.ts'
import { Banner } from '../ui/banner.tsx'
import { KeyRing } from './key-ring/key-ring.tsx'
import { HowISignIn } from './sign-in/how-i-sign-in.tsx'
import { OwnSessions } from './sign-in/own-sessions.tsx'

/** `failed`: another sign-in was to be linked, and sent the browser back without a yes. */
export function SecurityPage({ failed }: { failed: boolean }) {
  useTitle('Security')
  return (
    <>
      {failed && (
        <div role="alert">
          <Banner
            tone="bad"
            icon={TriangleAlert}
            message="It was not linked. The other sign-in said no, or already opens another account here."
          />
        </div>
      )}
      <HowISignIn />
      <OwnSessions />
      <KeyRing />
    </>
  )
}
