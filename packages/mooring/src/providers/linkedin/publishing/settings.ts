/** The operator's switches for publishing. */

import type { Setting } from '../../../provider.ts'
import type { PublishAs } from '../../../provider-publishing.ts'

export const settings: readonly Setting[] = [
  {
    name: 'POSTS_API',
    default: 'posts',
    pattern: /^(posts|ugcPosts)$/,
    describe: '"ugcPosts" for an app that has the older API alone: no polls, no documents, no alternative texts.',
  },
  {
    name: 'SETTLE_BY_RESEND',
    default: 'off',
    pattern: /^(on|off)$/,
    describe:
      '"on" sends a post again whose outcome is unknown and cannot be read, and goes by the refusal as a duplicate.',
  },
  {
    name: 'MEDIA_WAIT_SECONDS',
    default: '10',
    pattern: /^\d{1,3}$/,
    describe: 'How long files are given that the token cannot ask about, before the post; videos six times as long.',
  },
  {
    name: 'QUOTA',
    default: 'auto',
    pattern: /^(auto|share|development|none)$/,
    describe:
      'Daily limits counted ahead: of Share on LinkedIn, of the development tier, or none. "auto" goes by the app.',
  },
]

export const isLegacy = ({ settings }: PublishAs): boolean => settings.POSTS_API === 'ugcPosts'
export const mediaWaitMs = ({ settings }: PublishAs): number => Number(settings.MEDIA_WAIT_SECONDS ?? 10) * 1000
