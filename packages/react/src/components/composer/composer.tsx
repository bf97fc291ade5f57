import { type ReactNode, useState } from 'react'
import type { At, Post } from '../../api.ts'
import { usePost, useTargets } from '../../hooks/posts.ts'
import { useNextSlots, usePublishingSettings } from '../../hooks/publishing.ts'
import type { Choice } from '../../logic/compose-words.ts'
import { unsavedOf } from '../../logic/unsaved.ts'
import { Begun, Failed, hasBegun, Waiting } from './composer-states.tsx'
import { ComposerDesk, type DeskProps } from './desk.tsx'

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
  /** There is something that leaving the page would lose, which `giveUp` gives up; undefined: nothing any more. */
  onUnsaved?: ((giveUp: (() => void) | undefined) => void) | undefined
  /**
   * Who writes, and where: words that the server does not have yet are kept in this browser tab under it, and are there
   * again when the composer is. They are not kept without it.
   */
  keepAs?: string | undefined
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
  // What another page left in the cache may be of yesterday, and the first save would meet a stranger's change.
  const post = usePost(postId, { fresh: true })
  const asked = [targets, settings, ...(postId === undefined ? [] : [post])]
  const read = postId === undefined || (post.isFetchedAfterMount && post.isSuccess)
  // Without slots one can still pick a time.
  const ready = targets.data && settings.data && !slots.isPending && read
  const [opened, open] = useState(false)
  if (ready && !opened) open(true)
  if (targets.data && settings.data && opened) {
    return (
      <Opened
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

/** What begins to go out while somebody writes on it stays under their hands. */
function Opened(props: DeskProps) {
  const { post, keepAs } = props
  const [left] = useState(
    post && hasBegun(post) && (keepAs === undefined || unsavedOf(keepAs, post.id) === undefined) ? post : undefined,
  )
  return left ? <Begun post={left} onLook={props.onLook} onCopied={props.onCopied} /> : <ComposerDesk {...props} />
}
