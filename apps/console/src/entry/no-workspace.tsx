import { useSignOut } from '@mooring/react'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { CardPage } from './card-page.tsx'

export function NoWorkspace() {
  useTitle('No workspace')
  const signOut = useSignOut()
  return (
    <CardPage title="You belong to no workspace">
      <p>Ask an owner or admin of one to invite you. Open the link of the invitation in this browser.</p>
      <p>
        <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      </p>
    </CardPage>
  )
}
