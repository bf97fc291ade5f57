import {
  type At,
  type Choice,
  type Post,
  postTitle,
  useNextSlots,
  usePublishingSettings,
  WhenSheet,
} from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { CalendarClock, Copy, Ellipsis, PenLine, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { isOpen, usePostDeeds } from './use-post-deeds.ts'

interface PostMenuProps {
  post: Post
  /** After it was removed. */
  onRemoved?: () => void
}

export function PostMenu({ post, onRemoved }: PostMenuProps) {
  const [open, setOpen] = useState<'move' | 'remove' | undefined>(undefined)
  const navigate = useNavigate()
  const deeds = usePostDeeds(post)
  const title = postTitle(post.content)
  const close = () => setOpen(undefined)
  return (
    <>
      <Menu
        label={`More for ${title}`}
        trigger={
          <IconButton label={`More for ${title}`}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {isOpen(post) && (
          <MenuItem
            icon={<PenLine size={14} aria-hidden />}
            onSelect={() => void navigate({ to: '/compose/{-$post}', params: { post: post.id } })}
          >
            Edit
          </MenuItem>
        )}
        {isOpen(post) && (
          <MenuItem icon={<CalendarClock size={14} aria-hidden />} onSelect={() => setOpen('move')}>
            {post.state === 'scheduled' ? 'Move…' : 'Schedule…'}
          </MenuItem>
        )}
        <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={deeds.copy}>
          Duplicate
        </MenuItem>
        {post.state === 'scheduled' && (
          <MenuItem icon={<Undo2 size={14} aria-hidden />} onSelect={deeds.takeBack}>
            Back to drafts
          </MenuItem>
        )}
        {isOpen(post) && (
          <>
            <MenuLine />
            <MenuItem tone="bad" icon={<Trash2 size={14} aria-hidden />} onSelect={() => setOpen('remove')}>
              Delete…
            </MenuItem>
          </>
        )}
      </Menu>
      {open === 'move' && <MoveSheet at={post.at} onChoose={(choice) => deeds.move(choice)} onClose={close} />}
      {open === 'remove' && (
        <AskDialog
          title="Delete this post?"
          description={`“${title}” is gone for good. Nothing of it has gone out.`}
          action="Delete it"
          keep="Keep it"
          busy={deeds.busy}
          onRun={() =>
            deeds.remove(() => {
              close()
              onRemoved?.()
            })
          }
          onClose={close}
        />
      )}
    </>
  )
}

interface MoveSheetProps {
  at: At | null
  onChoose: (choice: Choice) => void
  onClose: () => void
}

/** Another day and time, without a pointer to drag with. */
export function MoveSheet({ at, onChoose, onClose }: MoveSheetProps) {
  const settings = usePublishingSettings()
  const slots = useNextSlots()
  if (!settings.data) return null
  return (
    <WhenSheet
      title={at ? 'Move it to' : 'When does it go out?'}
      action={at ? 'Move it' : 'Schedule'}
      choice={at ? { how: 'at', at } : { how: 'slot' }}
      zone={settings.data.zone}
      slots={(slots.data ?? []).map((one) => one.at)}
      onChoose={onChoose}
      onClose={onClose}
    />
  )
}
