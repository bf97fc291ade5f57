import type { Settings } from '../settings.ts'

/** What OpenAPI 2.167 calls otherwise than the prose docs and the answers that were seen: tweets are posts, retweets reposts. */
const OLD_TO_NEW: Record<string, string> = {
  edit_history_tweet_ids: 'edit_history_post_ids',
  referenced_tweets: 'referenced_posts',
  note_tweet: 'note_post',
  retweet_count: 'repost_count',
  tweets: 'posts',
}

/** A name of old in the vocabulary that is spoken. */
export const spoken = ({ vocabulary }: Settings, name: string): string =>
  vocabulary === 'legacy' ? name : (OLD_TO_NEW[name] ?? name)

/** A name of either vocabulary as that of old. */
export const old = (name: string): string => Object.keys(OLD_TO_NEW).find((key) => OLD_TO_NEW[key] === name) ?? name
