import '../../app/posts.css'
import {
  deliveriesWorstFirst,
  isApiProblem,
  type Post,
  postTitle,
  useMooring,
  usePost,
  usePostEvents,
} from '@mooring/react'
import { Link, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { ArrowLeft, Copy, PenLine } from 'lucide-react'
import { StaleNote } from '../../accounts/stale-note.tsx'
import { useSignedIn } from '../../app/gate.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Returning } from '../../connect/returning.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { copy } from '../../ui/copy.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.tsx'
import { PostMenu } from '../post-menu.tsx'
import { isOpen } from '../use-post-deeds.ts'
import { DeliveryRow } from './delivery-row.tsx'
import { diagnosticsOf } from './diagnostics.ts'
import { NoPost } from './no-post.tsx'
import { PostSkeleton } from './post-skeleton.tsx'
import { Side } from './side.tsx'
import { Summary } from './summary.tsx'

export function PostPage() {
  return (
    <Returning>
      <Status />
    </Returning>
  )
}

function Status() {
  const { post: id } = useParams({ strict: false })
  usePostEvents()
  const post = usePost(id)
  useTitle(post.data ? postTitle(post.data.content) : 'Post')
  if (isApiProblem(post.error) && ['not_found', 'invalid_request'].includes(post.error.code)) return <NoPost />
  if (post.data) {
    return (
      <>
        {post.isError && <StaleNote since={post.dataUpdatedAt} onRetry={() => void post.refetch()} />}
        <One post={post.data} />
      </>
    )
  }
  if (post.isError) return <ErrorPanel error={post.error} onRetry={() => void post.refetch()} />
  return <PostSkeleton />
}

function One({ post }: { post: Post }) {
  const { permissions } = useSignedIn()
  const may = permissions.includes('posts:write')
  const navigate = useNavigate()
  const router = useRouter()
  const deliveries = deliveriesWorstFirst(post.deliveries)
  const back = () => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/posts' }))
  return (
    <>
      <header className="mb-3 flex min-h-8.5 items-center gap-3">
        <IconButton label="Back" onClick={back}>
          <ArrowLeft size={18} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <h1 className="min-w-0 flex-1 truncate text-page">{postTitle(post.content)}</h1>
        {deliveries.length > 0 && <Diagnostics post={post} />}
        {may && <PostMenu post={post} onRemoved={() => void navigate({ to: '/posts' })} />}
      </header>
      <Summary deliveries={deliveries} />
      <div className="grid items-start gap-3.5 side:grid-cols-[minmax(0,1fr)_280px]">
        <Card aria-label="Accounts" className="min-w-0 overflow-clip">
          {deliveries.length === 0 ? (
            <Draft post={post} may={may} />
          ) : (
            <ul>
              {deliveries.map((one) => (
                <DeliveryRow
                  key={one.id}
                  delivery={one}
                  there={post.targets.some((target) => target.accountId === one.account.id)}
                  returnTo={`/posts/${post.id}`}
                  may={may}
                />
              ))}
            </ul>
          )}
        </Card>
        <Side post={post} />
      </div>
    </>
  )
}

/** Nothing is to go out yet. */
function Draft({ post, may }: { post: Post; may: boolean }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <p className="text-ui text-ink-2">This is a draft. It goes nowhere until it is scheduled.</p>
      {may && isOpen(post) && (
        <Link
          to="/compose/{-$post}"
          params={{ post: post.id }}
          className="mooring-button"
          data-slot="button"
          data-variant="primary"
        >
          <PenLine size={14} aria-hidden />
          Go on writing
        </Link>
      )}
    </div>
  )
}

function Diagnostics({ post }: { post: Post }) {
  const client = useMooring()
  const take = async () => {
    try {
      const details = await Promise.all(post.deliveries.map((one) => client.posts.delivery(one.id)))
      if (await copy(diagnosticsOf(post, details)))
        notify.ok('Diagnostics copied. They hold no secret.', { id: 'copied' })
    } catch (error) {
      notify.problem(error, { id: 'copied' })
    }
  }
  return (
    <Button onClick={() => void take()} className="max-rail:w-10 max-rail:px-0!">
      <Copy size={14} aria-hidden />
      <span className="max-rail:sr-only">Copy diagnostics</span>
    </Button>
  )
}
