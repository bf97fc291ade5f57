import '../app/posts.css'
import {
  type At,
  dayOf,
  formatDate,
  noon,
  useForecast,
  useNextSlots,
  usePostEvents,
  usePostsWithin,
  usePublishingSettings,
  useTargets,
  wallOf,
} from '@mooring/react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useSignedIn } from '../app/gate.tsx'
import { useNow } from '../app/use-now.ts'
import { usePhone } from '../app/use-phone.ts'
import { useTitle } from '../app/use-title.ts'
import { Returning } from '../connect/returning.tsx'
import { AHEAD } from '../timeline/spans.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { bandsOf } from './bands.ts'
import { CalendarHead } from './calendar-head.tsx'
import { CalendarSkeleton } from './calendar-skeleton.tsx'
import { EndBanners } from './end-banners.tsx'
import { byDay, entriesOf, FILTERS, fitsFilter } from './entries.ts'
import { Filters } from './filters.tsx'
import { daysOf, isDay, type Look, lookOf, rangeOf, stepped } from './grid.ts'
import { Sheet } from './sheet.tsx'
import { useMove } from './use-move.ts'

export function CalendarPage() {
  return (
    <Returning>
      <Calendar />
    </Returning>
  )
}

function Calendar() {
  useTitle('Calendar')
  usePostEvents()
  const settings = usePublishingSettings()
  if (settings.data) return <Days zone={settings.data.zone} />
  if (settings.isError) return <ErrorPanel error={settings.error} onRetry={() => void settings.refetch()} />
  return <CalendarSkeleton />
}

function Days({ zone }: { zone: string }) {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { permissions } = useSignedIn()
  const now = useNow()
  const phone = usePhone()
  const today = dayOf(wallOf(now, zone))
  const day = isDay(search.day) ? search.day : today
  const look: Look = phone ? 'list' : (lookOf(search.look) ?? 'month')
  const filter = FILTERS.find((one) => one === search.only)
  const days = daysOf(look, day)
  const posts = usePostsWithin({ ...rangeOf(days, zone), accountId: search.account })
  const targets = useTargets()
  const slots = useNextSlots()
  const forecast = useForecast(AHEAD)
  const { moving, move } = useMove()
  const go = (
    to: Partial<{ look: Look; day: string | undefined; account: string | undefined; only: string | undefined }>,
  ) =>
    void navigate({ to: '/calendar', search: { look, day: search.day, account: search.account, only: filter, ...to } })

  const entries = entriesOf(posts.data ?? [], zone, moving)
  const bands = bandsOf(forecast.data?.data ?? [], targets.data ?? [], zone, now)
  const may = permissions.includes('posts:write')
  return (
    <>
      <CalendarHead
        look={look}
        day={day}
        phone={phone}
        may={may}
        onLook={(next) => go({ look: next })}
        onStep={(by) => go({ day: stepped(look, day, by) })}
        onToday={() => go({ day: undefined })}
      />
      <Filters
        targets={targets.data ?? []}
        account={search.account}
        onAccount={(account) => go({ account })}
        entries={entries}
        chosen={filter}
        onChoose={(only) => go({ only })}
        zone={zone}
      />
      <EndBanners bands={bands} may={may} />
      {look === 'month' && posts.data && !posts.isPlaceholderData && entries.length === 0 && !search.account && (
        <FreeMonth day={day} past={(days.at(-1) ?? today) < today} may={may} />
      )}
      {posts.data && !posts.isPlaceholderData ? (
        <Sheet
          look={look}
          days={days}
          day={day}
          today={today}
          now={now}
          zone={zone}
          entries={byDay(filter ? entries.filter((entry) => fitsFilter(entry, filter)) : entries)}
          free={freeByDay(filter ? [] : (slots.data ?? []).map((one) => one.at))}
          bands={bands}
          may={may}
          onMoved={move}
        />
      ) : posts.isError ? (
        <ErrorPanel error={posts.error} onRetry={() => void posts.refetch()} />
      ) : (
        <CalendarSkeleton />
      )}
    </>
  )
}

/** A month with nothing in it is an invitation. */
function FreeMonth({ day, past, may }: { day: string; past: boolean; may: boolean }) {
  const name = formatDate(noon(day), { timeZone: 'UTC', month: 'long' })
  if (past) return <p className="mb-2.5 text-ui text-ink-2">Nothing went out in {name}.</p>
  return (
    <p className="mb-2.5 text-ui text-ink-2">
      {name} is free.{' '}
      {may && (
        <Link to="/compose/{-$post}" params={{ post: undefined }} className="touch text-link hover:underline">
          Write the first post.
        </Link>
      )}
    </p>
  )
}

function freeByDay(slots: readonly At[]): ReadonlyMap<string, At[]> {
  const days = new Map<string, At[]>()
  for (const at of slots) days.set(dayOf(at), [...(days.get(dayOf(at)) ?? []), at])
  return days
}
