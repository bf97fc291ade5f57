/** Refusals of posts, by code and subcode: texts are localized, and the status is 400 for nearly all. Sources: "Handle errors", the content-publishing guides, production reports (postiz, mixpost). */
import { number, truth } from '../../../provider.ts'
import type { FaultClass, Publisher, PublishFault } from '../../../provider-publishing.ts'
import { apiCode, apiSentence, judgeApi, limitedUntil } from '../errors.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Known = readonly [class_: FaultClass, message: string, againAfterMs?: number]

/** By subcode: the more exact word. */
const SUBCODES: Readonly<Record<number, Known>> = {
  1366046: ['media', 'The picture is too large, or neither JPEG nor PNG. Use one below 4 MB.'],
  1366051: ['duplicate', 'These pictures are posted already. Look at the Page.'],
  1390008: ['rate', 'Facebook finds that this Page posts too fast. It goes out later by itself.', HOUR],
  1346003: ['policy', 'Facebook takes this for abuse. Change the text or the link.'],
  1404006: [
    'policy',
    'Facebook wants a security check of this account. Open facebook.com and follow it, then send again.',
  ],
  1404112: ['policy', 'Facebook limits this account for now. Look at its support inbox on facebook.com.'],
  1404102: ['policy', 'Facebook says that this is against its community standards. Change it.'],
  1404078: [
    'policy',
    'This Page needs the Page publishing authorization. Complete it on facebook.com, then send again.',
  ],
  1609008: ['content', 'Facebook takes no links to itself here. Use another link.'],
  1609005: ['content', 'Facebook could not read the link. Check that it opens for everybody.'],
  1609010: ['platform', 'Facebook could not take it just now. It is tried again.', MINUTE],
  1363047: ['platform', 'Facebook could not take it just now. It is tried again.', MINUTE],
  2061006: ['content', 'Facebook does not take this link. Check it.'],
  1349125: ['content', 'Facebook does not take this text or link. Change it.'],
  4854002: ['policy', 'Facebook wants this account to confirm who it is. Do so on facebook.com, then send again.'],
  2069019: ['media', 'Facebook cannot read this file. Save it anew and add it again.'],
  2207001: ['platform', 'Instagram met a fault with this file. It is tried again.', MINUTE],
  2207003: ['media', 'Instagram took too long to fetch the file. It is tried again.', MINUTE],
  2207004: ['media', 'The picture is too large for Instagram: at most 8 MB. Use a smaller one.'],
  2207005: ['media', 'Instagram takes JPEG pictures alone. Use another picture.'],
  2207006: ['media', 'Instagram does not find what was prepared. It is prepared anew.', 30_000],
  2207008: ['media', 'Instagram does not find what was prepared. It is prepared anew.', 30_000],
  2207009: ['media', 'The shape of the picture is not taken: between 4:5 and 1.91:1. Crop it.'],
  2207010: ['content', 'The caption is too long: at most 2,200 characters. Shorten it.'],
  2207020: ['media', 'What was prepared at Instagram has expired. It is prepared anew.', 1000],
  2207023: ['media', 'Instagram does not take this kind of file here. Use another.'],
  2207026: ['media', 'Instagram cannot play this video. Use MP4 with H.264 and AAC.'],
  2207027: ['media', 'Instagram is not ready with the file. It is tried again.', 5000],
  2207028: ['media', 'A carousel has 2 to 10 pictures or videos. Change their number.'],
  2207032: ['platform', 'Instagram could not prepare the file. It is tried again.', MINUTE],
  2207035: ['content', 'Somebody is tagged at a place that Instagram does not take. Change the tags.'],
  2207036: ['content', 'Somebody is tagged at a place that Instagram does not take. Change the tags.'],
  2207037: ['content', 'Somebody is tagged at a place that Instagram does not take. Change the tags.'],
  2207040: ['content', 'Too many people are tagged. Tag fewer.'],
  2207042: ['rate', "Instagram's limit of posts a day is used up. It goes out when there is room.", HOUR],
  2207050: [
    'policy',
    'Instagram restricts this account. Open the Instagram app and follow what it says, then send again.',
  ],
  2207051: ['policy', 'Instagram takes this for spam and blocks it. Wait a day, and post less often.'],
  2207052: ['media', 'Instagram could not fetch the file from this server. It is tried again.', MINUTE],
  2207053: ['platform', 'Instagram could not take the file. It is tried again.', MINUTE],
  2207057: ['media', 'The moment for the cover lies outside of the video. Choose another.'],
  2207077: ['media', 'Instagram could not fetch the video. It is tried again.', MINUTE],
  2207081: ['content', 'Trial reels are not open to this account.'],
  2207082: ['media', 'The upload to Instagram failed. It is tried again.', MINUTE],
}
const CODES: Readonly<Record<number, Known>> = {
  506: ['duplicate', 'Facebook has the same post of this Page already. Change the text, or leave it at that.'],
  368: ['policy', 'Facebook blocks this account for a while. Look at its support inbox on facebook.com.'],
  352: ['media', 'This video cannot be read. Use MP4 with H.264 and AAC.'],
  9004: ['media', 'The file could not be fetched from this server. It is tried again.', MINUTE],
  9007: ['media', 'The file is not ready there. It is tried again.', 5000],
}

/** The fault that a subcode alone names; undefined: it is not known. */
export function bySubcode(subcode: number): PublishFault | undefined {
  const known = SUBCODES[subcode]
  return known && faultOf(known, String(subcode))
}

const faultOf = ([class_, message, againAfterMs]: Known, code: string | undefined): PublishFault => ({
  class: class_,
  code,
  message,
  ...(againAfterMs === undefined ? {} : { againAfterMs }),
})

export const judge: Publisher['judge'] = (answer, { create }, now) => {
  const code = apiCode(answer)
  const main = number(answer.body, 'error', 'code')
  const known = SUBCODES[number(answer.body, 'error', 'error_subcode') ?? 0] ?? CODES[main ?? 0]
  if (known) return faultOf(known, code)
  switch (judgeApi(answer)) {
    case 'reauthorize':
      return {
        class: 'auth',
        code,
        message: apiSentence(answer) ?? 'Facebook does not accept this connection any more. Reconnect to go on.',
      }
    case 'rate_limited':
      return {
        class: 'rate',
        code,
        message: 'Facebook asked us to slow down. It goes out when the limit opens again.',
        againAfterMs: Math.max(MINUTE, (limitedUntil(answer, now) ?? now + HOUR) - now),
      }
    case 'permission':
      return {
        class: 'permission',
        code,
        message:
          'Facebook says that the permission for this is missing. Reconnect and allow it, or ask the admin of the Page for a role.',
      }
    case 'misconfigured':
      return {
        class: 'permission',
        code,
        message: 'Facebook does not accept this server’s app. The operator must look at it.',
      }
    case 'retry':
      return {
        class: 'platform',
        code,
        message: 'Facebook met a fault of its own.',
        againAfterMs: MINUTE,
        // Of a code 1 or 2 nobody says whether the post was made.
        ...(create && (main !== undefined || truth(answer.body, 'error', 'is_transient') === true)
          ? { unknown: true }
          : {}),
      }
    default:
      return {
        class: 'content',
        code,
        message: 'Facebook does not take this post as it is. Change it, or tell the operator.',
      }
  }
}
