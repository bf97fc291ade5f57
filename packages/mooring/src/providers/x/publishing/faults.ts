/**
 * X's refusals of posts and media. Few have a code: `type` ends with a slug, `reason` says more, the legacy shape has numbers,
 * a parameter error names its parameter; the rest are fixed sentences of X's own, in `detail` or `errors[].message`. Sources:
 * docs.x.com, OpenAPI 2.166, and captures (akrherz/iembot 163, postiz, node-twitter-api-v2 469).
 */
import { type ApiAnswer, list, member, text } from '../../../provider.ts'
import type { FaultClass, Publisher, PublishFault } from '../../../provider-publishing.ts'
import { apiCode, apiSentence, limitedUntil } from '../errors.ts'

const SECOND = 1000
const DAY = 86_400_000
const MINUTE = 60 * SECOND
const QUARTER = 15 * MINUTE
const OURS = 'We have to fix this, not you.'

type Judged = readonly [FaultClass, string]

/** What X says in words alone. None of them holds anything that a person wrote. */
const SENTENCES: readonly (readonly [RegExp, Judged])[] = [
  [
    /^You are not allowed to create a (Tweet|Post) with duplicate content\.$/i,
    ['duplicate', 'X has the same words of this account already. Change the text, or leave it at that post.'],
  ],
  [
    /^Reply to this conversation is not allowed/i,
    ['policy', 'X lets nobody answer there through an app who was not mentioned. Answer on X.'],
  ],
  [
    /^This user is not allowed to post a video longer than \d+ minutes/i,
    ['media', 'The video is longer than X takes from this account. Cut it.'],
  ],
  [/maximum of one cashtag/i, ['content', 'X takes one $cashtag in a post. Take the others out.']],
  [
    /^The (Tweet|Post) contains an invalid URL/i,
    ['content', 'X does not take an address in this text. Change it or take it out.'],
  ],
  [
    /^(Tweet|Post) needs to be a bit shorter/i,
    ['content', 'The text is longer than X takes from this account. Shorten it.'],
  ],
  [
    /^Your account is not permitted to access this feature/i,
    ['policy', 'X does not let this account do that. Ask X about it.'],
  ],
  [
    /^You are not permitted to perform this action\.$/i,
    [
      'policy',
      'X refused this without saying why. Often the text or a file is too long for this account, or the connection misses a permission: check these, then reconnect.',
    ],
  ],
]

const TOO_LONG = '186'
const BY_CODE: Readonly<Record<string, Judged>> = {
  [TOO_LONG]: ['content', 'The text is longer than X takes from this account. Shorten it.'],
  '187': ['duplicate', 'X has the same words of this account already. Change the text, or leave it at that post.'],
  'invalid-request': ['content', 'X does not take this post as it is. Change it, or tell the operator.'],
  'resource-not-found': ['content', 'X does not find what this answers to. It may have been removed: look there.'],
  'user-suspended': ['policy', 'X has suspended this account, or does not let it post. Ask X about it.'],
}

const BY_STATUS: Readonly<Record<number, Judged>> = {
  401: ['auth', 'X does not accept this connection any more. Reconnect to go on.'],
  403: ['permission', 'X does not let this connection do that. Reconnect and allow everything.'],
  404: ['content', 'X does not find what was asked for. Send it again.'],
  413: ['media', 'X finds a file too large. Make it smaller.'],
  // Answers to pieces of a file that are too large (abraham/twitteroauth 1257).
  431: ['media', `${OURS} X takes files in smaller pieces.`],
}

export const judge: Publisher['judge'] = (answer, _call, now) => {
  const { status } = answer
  const code = apiCode(answer)
  if (status === 429) return limited(answer, code, now)
  if (status >= 500)
    return {
      class: 'platform',
      code,
      message: 'X met a fault of its own. It is tried again by itself.',
      againAfterMs: 30 * SECOND,
    }
  // Nobody is helped by asking again until there are credits.
  if (status === 402)
    return {
      class: 'policy',
      code,
      message: `${OURS} This server's app has no credits left at X. Send it again after that.`,
    }
  if (namesMedia(answer))
    return {
      class: 'media',
      code,
      message: 'X does not take a file of this post, or does not know it any more. Send it again, or use another file.',
    }
  const said = sentencesIn(answer)
  const [, judged] = SENTENCES.find(([words]) => said.some((one) => words.test(one))) ?? []
  const told = apiSentence(answer)
  const [of, message] =
    judged ??
    ((code !== undefined && BY_CODE[code]) ||
      (told !== undefined && (['permission', told] as const)) ||
      BY_STATUS[status] ||
      (['content', 'X does not take this post as it is. Change it, or tell the operator.'] as const))
  return { class: of, code, message }
}

const sentencesIn = ({ body }: ApiAnswer): string[] =>
  [text(body, 'detail'), ...list(body, 'errors').flatMap((one) => [text(one, 'message'), text(one, 'detail')])].filter(
    (one) => one !== undefined,
  )

const namesMedia = ({ body }: ApiAnswer): boolean =>
  list(body, 'errors').some((one) => member(one, 'parameters', 'media.media_ids') !== undefined)

/** A month's cap is not waited for; a day's ends at midnight UTC; else what the headers tell, or a quarter of an hour. By X's clock. */
function limited(answer: ApiAnswer, code: string | undefined, now: number): PublishFault {
  const capped = code === 'usage-capped'
  const period = text(answer.body, 'period')
  if (capped && period !== 'Daily')
    return {
      class: 'rate',
      code,
      message: `${OURS} This server's app has used up what X allows it for now. Send it again after that.`,
    }
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  const clock = Number.isNaN(theirs) ? now : theirs
  const until = (capped ? (Math.floor(clock / DAY) + 1) * DAY : limitedUntil(answer, now)) ?? clock + QUARTER
  return {
    class: 'rate',
    code,
    message: 'X takes no more from this app or account for now. It goes out when the limit opens again, by itself.',
    // Told to be over, and yet refused: not worth asking every second.
    againAfterMs: until > clock ? Math.max(SECOND, until - clock) : MINUTE,
  } satisfies PublishFault
}
