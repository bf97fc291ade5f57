import { count, useForecast } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { CalendarClock } from 'lucide-react'
import { AHEAD } from '../../timeline/spans.ts'

/** Posts that are to go out after this connection ends, or that wait for it. */
export function PostsLine({ connectionId }: { connectionId: string }) {
  const forecast = useForecast(AHEAD)
  const ending = forecast.data?.data.find((one) => one.connection?.id === connectionId && one.postsAfter > 0)
  if (!ending) return null
  const dead = ending.connection?.state === 'reauthorize'
  const { postsAfter } = ending
  const one = postsAfter === 1
  const words = dead ? `${one ? 'waits' : 'wait'} for it` : `${one ? 'falls' : 'fall'} after its end`
  return (
    <p data-slot="posts-line" className="flex items-center gap-1.5 text-caption">
      <CalendarClock size={13} aria-hidden className={`flex-none ${dead ? 'text-bad' : 'text-warn'}`} />
      <Link to="/posts" search={{ view: 'attention' }} className="rounded-check text-link hover:underline">
        {count(postsAfter, 'post')} {words}
      </Link>
    </p>
  )
}
