import '../app/posts.css'
import { type At, Composer, isZone, type Post, usePostEvents } from '@mooring/react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { usePhone } from '../app/use-phone.ts'
import { useTitle } from '../app/use-title.ts'
import { Returning } from '../connect/returning.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { notify } from '../ui/notify.tsx'
import { sentWords } from './sent-words.ts'

export function ComposePage() {
  return (
    <Returning>
      <Compose />
    </Returning>
  )
}

function Compose() {
  useTitle('Compose')
  usePostEvents()
  const { post } = useParams({ strict: false })
  const { at, zone } = useSearch({ strict: false })
  const navigate = useNavigate()
  const phone = usePhone()
  const session = useOne(post)
  const look = (one: Post) => navigate({ to: '/posts/$post', params: { post: one.id } })
  return (
    <div
      data-slot="whole-page"
      className="-mx-4 -mt-4 -mb-24 rail:-mx-7 rail:-mt-4.5 rail:[--mooring-composer-height:100dvh]"
    >
      <Composer
        key={session.key}
        postId={session.postId}
        at={wallTime(at, zone)}
        returnTo={post === undefined ? '/compose' : `/compose/${post}`}
        onMade={(made) => {
          session.made(made.id)
          void navigate({ to: '/compose/{-$post}', params: { post: made.id }, replace: true })
        }}
        onSent={(sent, choice) => {
          notify.ok(sentWords(sent, choice), { id: 'sent' })
          void look(sent)
        }}
        onLook={(one) => void look(one)}
        onCopied={(copy) => void navigate({ to: '/compose/{-$post}', params: { post: copy.id } })}
        aside={
          phone && (
            <IconButton label="Leave the composer" onClick={() => void navigate({ to: '/posts' })}>
              <X size={18} aria-hidden />
            </IconButton>
          )
        }
      />
    </div>
  )
}

interface One {
  key: number
  opened: string | undefined
  /** The id that its draft got. */
  made?: string
}

/** One piece of writing: the same one when its draft gets an id, another one when another post is opened. */
function useOne(post: string | undefined) {
  const [one, setOne] = useState<One>({ key: 0, opened: post })
  if (post !== one.opened) setOne(post === one.made ? { ...one, opened: post } : { key: one.key + 1, opened: post })
  return {
    key: one.key,
    // What it began with: a draft that it made itself is not read anew.
    postId: one.made === undefined ? one.opened : undefined,
    made: (id: string) => setOne((now) => ({ ...now, made: id })),
  }
}

const wallTime = (local: string | undefined, zone: string | undefined): At | undefined =>
  local !== undefined && zone !== undefined && isZone(zone) && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local)
    ? { local, zone }
    : undefined
