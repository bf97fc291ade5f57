import '../app/posts.css'
import {
  shownZone,
  useAttention,
  usePostEvents,
  usePosts,
  usePublishingSettings,
  useTargets,
  zoneName,
} from '@mooring/react'
import { Link, useSearch } from '@tanstack/react-router'
import { useTitle } from '../app/use-title.ts'
import { Returning } from '../connect/returning.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PostRow } from './post-row.tsx'
import { PostsNone } from './posts-none.tsx'
import { PostsSkeleton } from './posts-skeleton.tsx'
import { VIEWS, type View, viewOf } from './views.ts'

export function PostsPage() {
  return (
    <Returning>
      <Posts />
    </Returning>
  )
}

function Posts() {
  useTitle('Posts')
  usePostEvents()
  const view = viewOf(useSearch({ strict: false }).view)
  const attention = useAttention()
  const settings = usePublishingSettings()
  const zone = settings.data?.zone ?? shownZone()
  return (
    <>
      <PageHead title="Posts" summary={settings.data && `Times in ${zoneName(zone)}`} />
      <nav
        aria-label="Which posts"
        className="mb-3.5 border-b border-line max-rail:-mx-4 max-rail:overflow-x-auto max-rail:px-4"
      >
        <ul className="flex gap-5">
          {VIEWS.map(({ id, label }) => (
            <li key={id}>
              <Link
                to="/posts"
                search={{ view: id }}
                aria-current={id === view ? 'page' : undefined}
                className="-mb-px flex h-9 items-center gap-2 border-b-2 border-transparent text-ui font-medium whitespace-nowrap text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink max-rail:h-11"
              >
                {label}
                {id === 'attention' && (attention.data ?? 0) > 0 && (
                  <span className="rounded-pill bg-bad-bg px-1.5 text-floor text-bad">{attention.data}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <List key={view} view={view} zone={zone} />
    </>
  )
}

function List({ view, zone }: { view: View; zone: string }) {
  const posts = usePosts({ view })
  const targets = useTargets()
  const all = posts.data?.pages.flatMap((page) => page.data)
  if (!all) {
    return posts.isError ? <ErrorPanel error={posts.error} onRetry={() => void posts.refetch()} /> : <PostsSkeleton />
  }
  if (all.length === 0) return <PostsNone view={view} />
  return (
    <Card aria-label={VIEWS.find((one) => one.id === view)?.label} className="overflow-clip">
      <ul data-slot="posts">
        {all.map((post) => (
          <PostRow key={post.id} post={post} targets={targets.data ?? []} zone={zone} />
        ))}
      </ul>
      {posts.hasNextPage && (
        <div className="flex justify-center border-t border-line py-3">
          <Button size="small" busy={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  )
}
