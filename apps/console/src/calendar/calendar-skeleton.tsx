import { Bone } from '../ui/skeleton.tsx'

export function CalendarSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the calendar
      </p>
      <Bone className="h-[calc(100dvh-160px)] min-h-90 rounded-card!" />
    </div>
  )
}
