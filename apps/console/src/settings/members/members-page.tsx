import { type Member, useInvitations, useMembers } from '@mooring/react'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useSignedIn } from '../../app/gate.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { ROLES } from './roles.ts'

export function MembersPage() {
  useTitle('Members')
  const { permissions, workspace } = useSignedIn()
  const manages = permissions.includes('members:write')
  const members = useMembers()
  const invitations = useInvitations(manages)
  const [inviting, setInviting] = useState(false)
  const [removing, setRemoving] = useState<Member | undefined>(undefined)
  return (
    <>
      <Card aria-labelledby="members" data-slot="members">
        <header className="flex items-center gap-2.5 border-b border-line py-3.5 pr-4 pl-4">
          <h2 id="members" className="flex-1 text-section">
            Members{' '}
            {members.data && (
              <span className="ml-1 text-ui font-normal text-ink-2 tabular-nums">{members.data.length}</span>
            )}
          </h2>
          {manages && (
            <Button size="small" onClick={() => setInviting(true)}>
              <UserPlus size={13} aria-hidden />
              Invite
            </Button>
          )}
        </header>
        {members.data ? (
          <ul>
            {members.data.map((one) => (
              <MemberRow key={one.id} member={one} onRemove={setRemoving} />
            ))}
          </ul>
        ) : members.isError ? (
          <ErrorPanel error={members.error} onRetry={() => void members.refetch()} />
        ) : (
          <div aria-busy="true" className="px-4 py-5">
            <p role="status" className="sr-only">
              Loading the members
            </p>
            <Bone className="h-4 w-2/5" />
          </div>
        )}
      </Card>
      {manages && invitations.data && invitations.data.length > 0 && <Invitations invitations={invitations.data} />}
      <Card className="p-4" aria-labelledby="roles">
        <h2 id="roles" className="text-section">
          What each role may
        </h2>
        <dl className="mt-2 grid gap-x-4 gap-y-2 text-ui rail:grid-cols-[90px_minmax(0,1fr)]">
          {ROLES.map(({ role, label, says }) => (
            <div key={role} className="contents">
              <dt className="font-medium">{label}</dt>
              <dd className="text-ink-2">{says}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {inviting && <InviteDialog own={workspace.role} onClose={() => setInviting(false)} />}
      {removing && <RemoveMemberDialog member={removing} onClose={() => setRemoving(undefined)} />}
    </>
  )
}
