import { Initials, type Member, type Role, usePeopleChange } from '@mooring/react'
import { Trash2 } from 'lucide-react'
import { useSignedIn } from '../../app/gate.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.tsx'
import { given, labelOf } from './roles.ts'

export function MemberRow({ member, onRemove }: { member: Member; onRemove: (member: Member) => void }) {
  const { workspace } = useSignedIn()
  const change = usePeopleChange((client, role: Role) => client.members.setRole(member.id, role))
  const may = given(workspace.role)
  const changes = may.includes(member.role)
  const set = (role: Role) =>
    change.mutate(role, {
      onSuccess: () =>
        notify.ok(`${member.name} is ${labelOf(role).toLowerCase()} now.`, { id: `member-${member.id}` }),
      onError: (error) => notify.problem(error, { id: `member-${member.id}` }),
    })
  return (
    <li data-slot="member" className="flex min-h-14 items-center gap-3 border-b border-line px-4 py-2 last:border-0">
      <Initials label={member.name} size={28} />
      <p className="min-w-0 flex-1 text-ui">
        <span className="block truncate font-medium">
          {member.name}
          {member.you && <span className="font-normal text-ink-3"> (you)</span>}
        </span>
        <span className="block truncate text-caption text-ink-2">{member.email ?? 'Signs in by link'}</span>
      </p>
      {changes ? (
        <select
          aria-label={`Role of ${member.name}`}
          value={member.role}
          disabled={change.isPending}
          onChange={(event) => set(event.target.value as Role)}
          className="h-8 cursor-pointer rounded-button border border-control bg-well px-2 text-ui text-ink focus:outline-2 focus:outline-offset-2 focus:outline-accent max-rail:h-11 max-rail:text-[16px]"
        >
          {may.map((role) => (
            <option key={role} value={role}>
              {labelOf(role)}
            </option>
          ))}
        </select>
      ) : (
        <span className="text-ui text-ink-2">{labelOf(member.role)}</span>
      )}
      {(changes || member.you) && (
        <IconButton
          label={member.you ? 'Leave this workspace' : `Put ${member.name} out`}
          onClick={() => onRemove(member)}
        >
          <Trash2 size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}
