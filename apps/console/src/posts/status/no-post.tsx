import { Link } from '@tanstack/react-router'

/** An id that nobody has here: mistyped, removed, or of another workspace. */
export function NoPost() {
  return (
    <div data-slot="empty" className="flex flex-col items-center px-4 py-16 text-center">
      <h1 className="text-section">There is no such post</h1>
      <p className="mt-1 text-ui text-ink-2">
        It was removed, the address is mistyped, or it belongs to another workspace.
      </p>
      <Link to="/posts" className="mooring-button mt-4" data-slot="button" data-variant="secondary">
        To your posts
      </Link>
    </div>
  )
}
