/** What X takes (docs.x.com, media best practices, after 2026-09-01). The limits are those of the user who posts. */
import type { User } from '../people/users.ts'
import { kindOf, type Media } from './media.ts'

const MIB = 1024 * 1024
const GIB = 1024 * MIB
const MINUTE_MS = 60_000

export type Subscription = User['subscriptionType']

const isPremium = (plan: Subscription): boolean => plan === 'Premium' || plan === 'PremiumPlus'

/** In bytes. */
export function largest(category: Media['category'], plan: Subscription): number {
  const kind = kindOf(category)
  if (kind === 'gif') return 15 * MIB
  if (kind === 'video') return isPremium(plan) ? 16 * GIB : 8 * GIB
  return 5 * MIB
}

export const longestMinutes = (plan: Subscription): number => (isPremium(plan) ? 125 : 20)

export const isTooLong = ({ durationMs }: Media, plan: Subscription): boolean =>
  durationMs !== null && durationMs > longestMinutes(plan) * MINUTE_MS

function gifFits({ width, height, frames }: Media): boolean {
  if (width === null || height === null || frames === null) return true
  return width <= 1280 && height <= 1080 && frames <= 350 && width * height * frames <= 300_000_000
}

/** Upright ones have the same limits as those that lie. */
function videoFits({ width, height, durationMs, framesPerSecond }: Media, plan: Subscription): boolean {
  if (width === null || height === null || durationMs === null || framesPerSecond === null) return true
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const [mostLong, mostShort] = plan === 'None' ? [1280, 1024] : [1920, 1080]
  // Counted from a file, 60 pictures a second come out a little above or below.
  const inside = short >= 32 && ((long <= 1280 && short <= 1024) || (long <= mostLong && short <= mostShort))
  return inside && long / short <= 3 && framesPerSecond <= 60.5 && durationMs >= 500
}

/** Whether a post may have it. A file that is out of these bounds uploads well and is refused then. */
export function fits(media: Media, plan: Subscription): boolean {
  if (media.size > largest(media.category, plan)) return false
  const kind = kindOf(media.category)
  if (kind === 'gif') return gifFits(media)
  return kind === 'video' ? videoFits(media, plan) : true
}
