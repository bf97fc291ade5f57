import '../app/posts.css'
import { type At, Composer, isZone, type Post, usePostEvents } from '@mooring/react'
import { useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { usePhone } from '../app/use-phone.ts'
import { useTitle } from '../app/use-title.ts'
import { Returning } from '../connect/returning.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
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
  const { person, workspace } = useSignedIn()
  const session = useOne(post)
  const leaving = useLeaving()
  const look = (one: Post) => navigate({ to: '/posts/$post', params: { post: one.id }, ignoreBlocker: true })
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
        keepAs={`${person.id} ${workspace.id}`}
        onUnsaved={leaving.onUnsaved}
        onMade={(made) => {
          session.made(made.id)
          void navigate({
            to: '/compose/{-$post}',
            params: { post: made.id },
            replace: true,
            ignoreBlocker: true,
          })
        }}
        onSent={(sent, choice) => {
          notify.ok(sentWords(sent, choice), { id: 'sent' })
          void look(sent)
        }}
        onLook={(one) => void look(one)}
        onCopied={(copy) => void navigate({ to: '/compose/{-$post}', params: { post: copy.id }, ignoreBlocker: true })}
        aside={
          phone && (
            <IconButton label="Leave the composer" onClick={() => void navigate({ to: '/posts' })}>
              <X size={18} aria-hidden />
            </IconButton>
          )
        }
      />
      {leaving.asking && (
        <AskDialog
          title="Leave without saving?"
          description="What you wrote or added last is not saved yet, and is gone when you leave."
          action="Leave without it"
          keep="Go on writing"
          busy={false}
          onRun={leaving.go}
          onClose={leaving.stay}
        />
      )}
    </div>
  )
}

/** Asks before a page is left with words that nobody else has. */
function useLeaving() {
  const giveUp = useRef<(() => void) | undefined>(undefined)
  const blocker = useBlocker({
    shouldBlockFn: useCallback(() => giveUp.current !== undefined, []),
    // The composer asks the browser to ask, also while a draft is on its way.
    enableBeforeUnload: false,
    withResolver: true,
  })
  return {
    onUnsaved: (give: (() => void) | undefined) => {
      giveUp.current = give
    },
    asking: blocker.status === 'blocked',
    stay: () => blocker.reset?.(),
    go: () => {
      giveUp.current?.()
      blocker.proceed?.()
    },
  }
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
