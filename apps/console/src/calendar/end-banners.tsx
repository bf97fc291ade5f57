import { ConnectButton } from '@mooring/react'
import { Clock3, Unplug } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'
import { notify } from '../ui/notify.tsx'
import type { Band } from './bands.ts'

interface EndBannersProps {
  bands: readonly Band[]
  may: boolean
}

/** Connections whose end meets posts, each with the way to renew it. */
export function EndBanners({ bands, may }: EndBannersProps) {
  const meeting = bands.filter((band) => band.posts > 0)
  if (meeting.length === 0) return null
  return (
    <div className="mb-3 grid gap-2">
      {meeting.map((band) => (
        <Banner
          key={band.id}
          tone={band.dead ? 'bad' : 'warn'}
          icon={band.dead ? Unplug : Clock3}
          message={wordsOf(band)}
        >
          {may && (
            <span className="mt-1.5 block">
              <ConnectButton
                provider={band.provider}
                reconnect={band.connectionId}
                returnTo="/calendar"
                variant="secondary"
                size="small"
                onError={(message) => notify.bad(message, { id: 'reconnect' })}
              >
                Reconnect {band.networks}
              </ConnectButton>
            </span>
          )}
        </Banner>
      ))}
    </div>
  )
}

/** "3 posts fall after this connection ends. …" */
function wordsOf({ dead, posts, networks, label }: Band): string {
  const some = `${posts} ${posts === 1 ? 'post' : 'posts'}`
  if (dead)
    return `${some} ${posts === 1 ? 'waits' : 'wait'} for ${networks}. ${label} has to reconnect, then they go out.`
  return `${some} ${posts === 1 ? 'falls' : 'fall'} after this connection ends. ${networks}, ${label}: reconnect in time and nothing waits.`
}
