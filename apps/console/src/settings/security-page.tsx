import { useTitle } from '../app/use-title.ts'
import { ApiKeys } from './api-keys.tsx'
import { KeyRing } from './key-ring/key-ring.tsx'
import { ThisSession } from './this-session.tsx'

export function SecurityPage() {
  useTitle('Security')
  return (
    <>
      <KeyRing />
      <ApiKeys />
      <ThisSession />
    </>
  )
}
