import { Link } from '@tanstack/react-router'
import { useSignedIn } from '../app/gate.tsx'
import { VIEWS, type View } from './views.ts'

export function PostsNone({ view }: { view: View }) {
  const { permissions } = useSignedIn()
  const look = VIEWS.find((one) => one.id === view)
  return (
    <div data-slot="empty" className="flex flex-col items-center px-4 py-16 text-center">
      <svg width="112" height="24" viewBox="0 0 112 24" fill="none" aria-hidden="true">
        <path d="M0 12h42M70 12h42" className="stroke-line-strong" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="56" cy="12" r="9.5" className="stroke-line-strong" strokeWidth="3" />
      </svg>
      <h2 className="mt-4 text-section">{look?.none}</h2>
      <p className="mt-1 max-w-90 text-ui text-ink-2">{look?.noneMore}</p>
      {view !== 'attention' && permissions.includes('posts:write') && (
        <Link
          to="/compose/{-$post}"
          params={{ post: undefined }}
          className="mooring-button mt-4"
          data-slot="button"
          data-variant="secondary"
        >
          Write a post
        </Link>
      )}
    </div>
  )
}
