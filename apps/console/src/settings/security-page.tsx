import { useTitle } from '../app/use-title.ts'
import { KeyRing } from './key-ring/key-ring.tsx'
import { HowISignIn } from './sign-in/how-i-sign-in.tsx'
import { OwnSessions } from './sign-in/own-sessions.tsx'

export function SecurityPage() {
  useTitle('Security')
  return (
    <>
      <HowISignIn />
      <OwnSessions />
      <KeyRing />
    </>
  )
}
