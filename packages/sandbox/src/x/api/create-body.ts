import { z } from 'zod'
import { REPLY_SETTINGS } from '../posts/post.ts'

export const snowflake = z.string().regex(/^[0-9]{1,19}$/)

const [, ...SENT_REPLY_SETTINGS] = REPLY_SETTINGS

const pollOption = z
  .string()
  .min(1)
  .refine((option) => [...option].length <= 25, 'may only be 25 characters long')

/** What `POST /2/tweets` takes (OpenAPI 2.167, TweetCreateRequest); any other key is refused. */
export const createBody = z.strictObject({
  text: z.string().optional(),
  media: z
    .strictObject({
      media_ids: z.array(snowflake).min(1).max(4),
      tagged_user_ids: z.array(snowflake).max(10).optional(),
      title: z.string().optional(),
      description: z.string().optional(),
      embeddable: z.boolean().optional(),
      preview_media_id: snowflake.optional(),
      call_to_actions: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  reply: z
    .strictObject({
      in_reply_to_tweet_id: snowflake,
      exclude_reply_user_ids: z.array(snowflake).optional(),
      auto_populate_reply_metadata: z.boolean().optional(),
    })
    .optional(),
  quote_tweet_id: snowflake.optional(),
  poll: z
    .strictObject({
      options: z.array(pollOption).min(2).max(4),
      duration_minutes: z.int().min(5).max(10_080),
    })
    .optional(),
  reply_settings: z.enum(SENT_REPLY_SETTINGS).optional(),
  community_id: snowflake.optional(),
  share_with_followers: z.boolean().optional(),
  made_with_ai: z.boolean().default(false),
  paid_partnership: z.boolean().default(false),
  nullcast: z.boolean().default(false),
  for_super_followers_only: z.boolean().default(false),
  edit_options: z.strictObject({ previous_post_id: snowflake }).optional(),
  geo: z.strictObject({ place_id: z.string() }).optional(),
  card_uri: z.string().optional(),
  direct_message_deep_link: z.string().optional(),
})

export type CreateBody = z.output<typeof createBody>

/** Only one of these makes a post (OpenAPI 2.166, descriptions). */
const EXCLUSIVE = ['poll', 'quote_tweet_id', 'direct_message_deep_link', 'media', 'card_uri'] as const

export const exclusive = (body: CreateBody): Record<string, unknown> =>
  Object.fromEntries(EXCLUSIVE.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])))
