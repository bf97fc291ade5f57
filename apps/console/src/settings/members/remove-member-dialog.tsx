import { type Member, usePeopleChange } from '@mooring/react'
import { useSignedIn } from '../../app/gate.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notify.tsx'

export function RemoveMemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { workspace } = useSignedIn()
  const remove = usePeopleChange((client, id: string) => client.members.remove(id))
  const run = () =>
    remove.mutate(member.id, {
      onSuccess: () => {
        if (!member.you) notify.ok(`${member.name} is out.`, { id: `member-${member.id}` })
        onClose()
      },
      onError: (error) => {
        notify.problem(error, { id: `member-${member.id}` })
        onClose()
      },
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={member.you ? `Leave ${workspace.name}?` : `Put ${member.name} out?`}
      description={
        member.you
          ? 'You see nothing of it any more until somebody invites you again. What you connected stays.'
          : `They see nothing of ${workspace.name} from this moment. What they connected stays.`
      }
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button variant="danger" busy={remove.isPending} onClick={run}>
            {member.you ? 'Leave' : 'Put out'}
          </Button>
        </>
      }
    />
  )
}
