import {
  AccountFace,
  DAY,
  DeliveryStatus,
  formatDate,
  outcomeParts,
  Pill,
  type Post,
  type PostAccount,
  type PublishTarget,
  postExtras,
  postTitle,
  worstOf,
} from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '../app/gate.tsx'
import { useNow } from '../app/use-now.ts'
import { PostMenu } from './post-menu.tsx'

const FACES = 5

interface PostRowProps {
  post: Post
  targets: readonly PublishTarget[]
  /** Of the workspace. */
  zone: string
}

export function PostRow({ post, targets, zone }: PostRowProps) {
  const { permissions } = useSignedIn()
  const draft = post.state === 'draft'
  const kinds = post.content.media.flatMap((use) => post.media.find((item) => item.id === use.id)?.kind ?? [])
  return (
    <li
      data-post={post.id}
      data-state={post.state}
      className="group relative flex min-h-16 items-center gap-4 border-b border-line px-4 py-2.5 last:border-0 hover:bg-hover/40 max-rail:flex-wrap max-rail:gap-x-3 max-rail:gap-y-1.5"
    >
      <When post={post} zone={zone} />
      <div className="min-w-0 flex-1 max-rail:basis-full max-rail:pr-10">
        <Link
          to={draft ? '/compose/{-$post}' : '/posts/$post'}
          params={{ post: post.id }}
          className="line-clamp-1 rounded-check text-ui font-semibold wrap-anywhere after:absolute after:inset-0"
        >
          {postTitle(post.content)}
        </Link>
        <p className="truncate text-caption text-ink-2">
          {[postExtras(post.content, kinds), `by ${post.createdBy}`].filter((part) => part !== '').join(', ')}
        </p>
      </div>
      <Faces accounts={accountsOf(post, targets)} />
      <State post={post} />
      {permissions.includes('posts:write') && (
        <span className="relative max-rail:absolute max-rail:top-2 max-rail:right-3">
          <PostMenu post={post} />
        </span>
      )}
    </li>
  )
}

function accountsOf(post: Post, targets: readonly PublishTarget[]): PostAccount[] {
  if (post.deliveries.length > 0) return post.deliveries.map((one) => one.account)
  return post.targets.flatMap(({ accountId }) => targets.find((one) => one.account.id === accountId)?.account ?? [])
}

/** On the workspace's clock, as the calendar has it. */
function When({ post: { dueAt, updatedAt }, zone }: { post: Post; zone: string }) {
  const now = useNow()
  const shown = dueAt ?? updatedAt
  const far = Math.abs(Date.parse(shown) - now) > 300 * DAY
  return (
    <p className="w-24 flex-none text-caption text-ink-2 tabular-nums max-rail:order-last max-rail:w-auto">
      <time dateTime={shown}>
        <b className="font-semibold text-ink">
          {formatDate(shown, { timeZone: zone, hour: '2-digit', minute: '2-digit' })}
        </b>
        <span className="rail:block">
          {' '}
          {formatDate(shown, {
            timeZone: zone,
            weekday: 'short',
            day: 'numeric',
            month: 'short',
            ...(far ? { year: 'numeric' } : {}),
          })}
        </span>
      </time>
    </p>
  )
}

function Faces({ accounts }: { accounts: readonly PostAccount[] }) {
  if (accounts.length === 0) return <span className="text-caption text-ink-3">No account yet</span>
  const rest = accounts.length - FACES
  return (
    <span className="flex flex-none items-center gap-2">
      <span className="sr-only">To {accounts.map((one) => `${one.label} on ${one.providerName}`).join(', ')}.</span>
      {accounts.slice(0, FACES).map((one) => (
        <span key={one.id} title={`${one.label} on ${one.providerName}`}>
          <AccountFace account={one} size={20} />
        </span>
      ))}
      {rest > 0 && <span className="text-caption text-ink-2">+{rest}</span>}
    </span>
  )
}

/** One account's state, or all of them in words with the worst in front. */
function State({ post: { deliveries, state } }: { post: Post }) {
  const worst = worstOf(deliveries)
  if (state === 'draft' || !worst)
    return (
      <span className="flex-none">
        <Pill tone="idle" icon="pencil">
          Draft
        </Pill>
      </span>
    )
  const parts = outcomeParts(deliveries)
  return (
    <span className="flex min-w-32 flex-none flex-col items-end gap-0.5 max-rail:min-w-0 max-rail:items-start">
      <DeliveryStatus delivery={worst} />
      {parts.length > 1 && (
        <span className="text-floor font-normal text-ink-3">{parts.map((one) => one.words).join(', ')}</span>
      )}
    </span>
  )
}
