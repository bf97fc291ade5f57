import { ApiProblem, Avatar, usePeopleChange, type Workspace } from '@mooring/react'
import { type ChangeEvent, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Row } from '../row.tsx'
import { smallPicture } from './logo.ts'

/** What clients see beside the name, on the page that a link opens. */
export function LogoRow({ workspace, changes }: { workspace: Workspace; changes: boolean }) {
  const { name, logo } = workspace
  const input = useRef<HTMLInputElement>(null)
  const change = usePeopleChange(async (client, file: Blob | null) =>
    client.workspaces.change({ logo: file === null ? null : await pictureOf(file) }),
  )
  const set = (file: Blob | null) =>
    change.mutate(file, {
      onSuccess: () => notify.ok(file === null ? 'The logo is taken off.' : 'The logo is saved.', { id: 'logo' }),
      onError: (error) => notify.problem(error, { id: 'logo' }),
    })
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    // The same file again is a choice, too.
    target.value = ''
    if (file) set(file)
  }
  return (
    <Row
      title="Logo"
      action={
        changes && (
          <>
            {logo !== null && (
              <Button variant="ghost" onClick={() => set(null)}>
                Take off
              </Button>
            )}
            <Button busy={change.isPending} onClick={() => input.current?.click()}>
              Choose a picture
            </Button>
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg,image/webp"
              aria-label="Logo"
              className="hidden"
              onChange={take}
            />
          </>
        )
      }
    >
      <span className="flex items-center gap-2.5">
        <Avatar label={name} kind="workspace" size={28} picture={logo} />
        Clients see it on the page that your link opens.
      </span>
    </Row>
  )
}

const pictureOf = (file: Blob) =>
  smallPicture(file).catch(() => {
    throw new ApiProblem({ code: 'picture', status: 0, message: 'This file is no picture that we can read.' })
  })
