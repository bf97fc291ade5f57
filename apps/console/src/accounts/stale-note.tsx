import { clock } from '@mooring/react'
import { CloudOff } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'

/** The page shows what it had: the server does not answer now. */
export function StaleNote({ since, onRetry }: { since: number; onRetry: () => void }) {
  const lead = navigator.onLine ? 'The server does not answer.' : 'You are offline.'
  return (
    <div className="mb-3.5" role="status">
      <Banner
        tone="warn"
        icon={CloudOff}
        message={`${lead} What you see is from ${clock(new Date(since).toISOString())}. We try again by ourselves.`}
      >
        <button
          type="button"
          className="touch mt-1 cursor-pointer rounded-check font-medium text-link hover:underline"
          onClick={onRetry}
        >
          Try now
        </button>
      </Banner>
    </div>
  )
}
