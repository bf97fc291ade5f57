import type { Post } from '../../api.ts'
import { usePostChange } from '../../hooks/post-changes.ts'
import { isApiProblem } from '../../problem.ts'
import { Button } from '../parts/button.tsx'

export const Waiting = () => (
  <div className="mooring-composer" data-slot="composer-waiting" aria-busy="true">
    <p role="status" className="mooring-hidden">
      Loading the composer
    </p>
    <div className="mooring-composer-main" data-waiting="true" aria-hidden="true">
      <span className="mooring-bone" data-size="title" />
      <span className="mooring-bone" data-size="chips" />
      <span className="mooring-bone" data-size="card" />
    </div>
  </div>
)

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="mooring-composer-notice">
      <p>{isApiProblem(error) ? error.message : 'The page made a mistake. Load it again.'}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  )
}

interface BegunProps {
  post: Post
  onLook: (post: Post) => void
  onCopied: (post: Post) => void
}

/** Some of it has left, or is about to. */
export const hasBegun = ({ state }: Post): boolean => !['draft', 'scheduled', 'cancelled'].includes(state)

/** What has left cannot be written anew. */
export function Begun({ post, onLook, onCopied }: BegunProps) {
  const copy = usePostChange((client, id: string) => client.posts.duplicate(id))
  return (
    <div className="mooring-composer-notice">
      <h2>This post has begun to go out</h2>
      <p>What has left cannot be changed. A copy can be, and goes out as a post of its own.</p>
      {copy.isError && <p role="alert">{isApiProblem(copy.error) ? copy.error.message : 'No copy was made.'}</p>}
      <div>
        <Button busy={copy.isPending} onClick={() => copy.mutate(post.id, { onSuccess: onCopied })}>
          Make a copy
        </Button>
        <Button variant="primary" onClick={() => onLook(post)}>
          See what became of it
        </Button>
      </div>
    </div>
  )
}

interface BegunNoteProps {
  post: Post
  onLook: (post: Post) => void
  onCopy: () => void
}

/** Its time came while somebody wrote on it: their words are of no post yet. */
export const BegunNote = ({ post, onLook, onCopy }: BegunNoteProps) => (
  <div role="status" className="mooring-composer-notice" data-slot="composer-begun">
    <h2>It has begun to go out</h2>
    <p>It goes as it was saved last. What you changed since can go out as a post of its own.</p>
    <div>
      <Button onClick={() => onLook(post)}>See what became of it</Button>
      <Button variant="primary" onClick={onCopy}>
        Keep yours as a copy
      </Button>
    </div>
  </div>
)
