import type { ReactNode } from 'react'
import type { At, Post } from '../../api.ts'
import { usePost, useTargets } from '../../hooks/posts.ts'
import { useNextSlots, usePublishingSettings } from '../../hooks/publishing.ts'
import type { Choice } from '../../logic/compose-words.ts'
import { Begun, Failed, Waiting } from './composer-states.tsx'
import { ComposerDesk } from './desk.tsx'

export interface ComposerProps {
  /** The draft, or the post that is to go out, to go on with; a new one without it. Give another `key` for another post. */
  postId?: string | undefined
  /** Accounts that a new post begins with. */
  accounts?: readonly string[] | undefined
  /** A time that it begins with: a day of a calendar. */
  at?: At | undefined
  /** Where the browser comes back to after a reconnect: a path, or an address on an allowed origin. */
  returnTo: string
  /** A draft was made of what is written: its id may go into the address. */
  onMade?: ((post: Post) => void) | undefined
  /** It goes out, now or at its time; or it was changed where it is to go out. */
  onSent: (post: Post, choice: Choice) => void
  /** A post that has begun to go out is looked at elsewhere. */
  onLook: (post: Post) => void
  /** A copy was made, to be written on. */
  onCopied: (post: Post) => void
  /** On the right of the head. */
  aside?: ReactNode
  heading?: 'h1' | 'h2'
}

/** Writing once for several accounts, with what each network makes of it. */
export function Composer(props: ComposerProps) {
  const { postId } = props
  const targets = useTargets()
  const settings = usePublishingSettings()
  const slots = useNextSlots()
  const post = usePost(postId)
  const asked = [targets, settings, ...(postId === undefined ? [] : [post])]
  // Without slots one can still pick a time.
  if (targets.data && settings.data && !slots.isPending && (postId === undefined || post.data)) {
    if (post.data && hasBegun(post.data))
      return <Begun post={post.data} onLook={props.onLook} onCopied={props.onCopied} />
    return (
      <ComposerDesk
        {...props}
        post={post.data}
        targets={targets.data}
        zone={settings.data.zone}
        slots={(slots.data ?? []).map((one) => one.at)}
      />
    )
  }
  const failed = asked.find((one) => one.isError)
  if (failed) return <Failed error={failed.error} onRetry={() => void Promise.all(asked.map((one) => one.refetch()))} />
  return <Waiting />
}

/** Some of it has left, or is about to. */
const hasBegun = ({ state }: Post): boolean => !['draft', 'scheduled', 'cancelled'].includes(state)
