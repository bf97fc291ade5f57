import type { Answer } from '../../core/ask.ts'
import { type Counted, counted, LONG_LENGTH, PLAIN_LENGTH } from '../posts/counted.ts'
import { subscriptionOf } from '../state.ts'
import type { World } from '../world.ts'
import { type CreateBody, exclusive } from './create-body.ts'
import { editRefusal } from './edit-checks.ts'
import type { Caller } from './gate.ts'
import { invalid, parameterInvalid } from './invalid.ts'
import { mediaRefusal, tooLongVideo } from './media-checks.ts'
import { blockedLink, duplicate, notPermitted, tooLong, tooManyCashtags } from './refusals.ts'
import { quoteRefusal, replyRefusal } from './reply-checks.ts'

/** `said` is the text, as it counts. */
type Check = (world: World, caller: Caller, body: CreateBody, said: Counted) => Answer | undefined

const together: Check = ({ state }, _caller, body) => {
  const given = exclusive(body)
  if (Object.keys(given).length < 2) return undefined
  const message = 'You can only provide one of poll or quote_tweet_id or direct_message_deep_link or media or card_uri.'
  return invalid(state.settings, message, given)
}

const someText: Check = ({ state }, _caller, { text = '', media }, said) => {
  if (text.trim() === '' && !media)
    return parameterInvalid(state.settings, 'text', text, '$.text: is missing but it is required')
  if (said.forbidden) return parameterInvalid(state.settings, 'text', text, 'The text contains invalid characters.')
  return undefined
}

const reply: Check = (world, caller, body) => body.reply && replyRefusal(world, caller, body.reply.in_reply_to_tweet_id)

const quote: Check = (world, caller, body) =>
  body.quote_tweet_id === undefined ? undefined : quoteRefusal(world, caller, body.quote_tweet_id)

/** Nobody here is in a community, advertises, has paying followers or cards. */
const features: Check = (_world, _caller, body) => {
  const { community_id, nullcast, for_super_followers_only, card_uri } = body
  const asked = community_id !== undefined || card_uri !== undefined || nullcast || for_super_followers_only
  return asked ? notPermitted() : undefined
}

const length: Check = ({ state }, { user }, _body, { weight }) => {
  const { longPosts } = state.settings
  const plan = subscriptionOf(state, user)
  const isLong = { premium: plan.startsWith('Premium'), subscribers: plan !== 'None', nobody: false }[longPosts]
  return weight > (isLong ? LONG_LENGTH : PLAIN_LENGTH) ? tooLong(state.settings) : undefined
}

const cashtags: Check = ({ state }, { app }, _body, said) =>
  app.tier === 'self-serve' && said.cashtags.length > 1 ? tooManyCashtags(state.settings) : undefined

const links: Check = ({ state }, _caller, _body, said) => {
  const hosts = said.links.map((link) =>
    link
      .replace(/^https?:\/\//i, '')
      .split(/[/?#:]/)[0]
      ?.toLowerCase(),
  )
  return hosts.some((host) => state.settings.blockedHosts.includes(host ?? ''))
    ? blockedLink(state.settings)
    : undefined
}

/** Posts of media alone have no text to be the same. */
const repeated: Check = ({ state, clock }, { user }, body) => {
  const { duplicates, duplicateSeconds } = state.settings
  const text = body.text ?? ''
  const before = duplicates === 'allowed' || text.trim() === '' ? undefined : state.posts.same(user.key, text)
  if (!before || clock.now() >= before.at + duplicateSeconds * 1000) return undefined
  const isElsewhere =
    before.replyTo !== (body.reply?.in_reply_to_tweet_id ?? null) ||
    before.media.join() !== (body.media?.media_ids ?? []).join()
  return duplicates === 'text-and-media' && isElsewhere ? undefined : duplicate()
}

/** First what is wrong in itself, then what this user or app may not. */
const CHECKS: readonly Check[] = [
  together,
  someText,
  mediaRefusal,
  reply,
  quote,
  editRefusal,
  features,
  length,
  cashtags,
  links,
  tooLongVideo,
  repeated,
]

export function refusalOf(world: World, caller: Caller, body: CreateBody): Answer | undefined {
  const said = counted(body.text ?? '')
  for (const check of CHECKS) {
    const refused = check(world, caller, body, said)
    if (refused) return refused
  }
  return undefined
}
