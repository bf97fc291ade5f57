/** What Meta's codes and subcodes mean for a post: their numbers do not overlap. Sources: "Handle errors", the content-publishing guides, production reports (postiz, mixpost). */
import type { FaultClass } from '../../../provider-publishing.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

export type Known = readonly [of: FaultClass, message: string, againAfterMs?: number]

const FETCH = 'If it stays so, look whether this server’s files open for everybody (MOORING_MEDIA_URL).'
const ANEW = 'It is prepared anew.'
const JPEG = 'Instagram takes JPEG pictures alone. Use another picture.'
const LARGE = 'The picture is too large for Instagram: at most 8 MB. Use a smaller one.'
const SHAPE = 'The shape of the picture is not taken: between 4:5 and 1.91:1. Crop it.'
const CAPTION = 'The caption is too long: at most 2,200 characters. Shorten it.'
const TAGS = 'Somebody is tagged in a way that Instagram does not take. Change the tags.'
const USED_UP = "Instagram's limit of posts a day is used up. It goes out when there is room."
const RESTRICTED = 'Instagram restricts this account. Open the Instagram app and follow what it says, then send again.'
const PLAYS = 'Instagram cannot play this video. Use MP4 with H.264 and AAC.'
const PASSING = 'Facebook could not take it just now. It is tried again.'

/** By subcode where there is one, for it is the more exact word; else by code. */
export const KNOWN: Readonly<Record<number, Known>> = {
  [-2]: ['platform', 'Instagram took too long with the file. It is tried again.', MINUTE],
  [-1]: ['platform', 'Instagram met a fault with this file. It is tried again.', MINUTE],
  9: ['rate', USED_UP, HOUR],
  24: ['media', `Instagram does not find what was prepared. ${ANEW}`, 30 * SECOND],
  25: ['policy', RESTRICTED],
  352: ['media', 'This video cannot be read. Use MP4 with H.264 and AAC.'],
  368: ['policy', 'This account is blocked for a while. Look at its support inbox there, then send this again.'],
  506: ['duplicate', 'Facebook has the same post of this Page already. Change the text, or leave it at that.'],
  9004: ['media', `The file could not be fetched from this server. It is tried again. ${FETCH}`, MINUTE],
  9007: ['media', 'The file is not ready there. It is tried again.', 5 * SECOND],
  36000: ['media', LARGE],
  36001: ['media', JPEG],
  36003: ['media', SHAPE],
  36004: ['content', CAPTION],

  1346003: ['policy', 'Facebook takes this for abuse. Change the text or the link.'],
  1349125: ['content', 'Facebook does not take this text or link. Change it.'],
  1363037: ['platform', 'Facebook wants another part of the video next. It goes on from there.', SECOND],
  1363047: ['platform', PASSING, MINUTE],
  1366046: ['media', 'The picture is too large, or neither JPEG nor PNG. Use one below 4 MB.'],
  1366051: ['duplicate', 'These pictures are posted already. Look at the Page.'],
  1390008: ['rate', 'Facebook finds that this Page posts too fast. It goes out later by itself.', HOUR],
  1404006: [
    'policy',
    'Facebook wants a security check of this account. Open facebook.com and follow it, then send again.',
  ],
  1404078: [
    'policy',
    'This Page needs the Page publishing authorization. Complete it on facebook.com, then send again.',
  ],
  1404102: ['policy', 'Facebook says that this is against its community standards. Change it.'],
  1404112: ['policy', 'Facebook limits this account for now. Look at its support inbox on facebook.com.'],
  1609005: ['content', 'Facebook could not read the link. Check that it opens for everybody.'],
  1609008: ['content', 'Facebook takes no links to itself here. Use another link.'],
  1609010: ['platform', PASSING, MINUTE],
  2061006: ['content', 'Facebook does not take this link. Check it.'],
  2069019: ['media', 'Facebook cannot read this file. Save it anew and add it again.'],
  4854002: ['policy', 'Facebook wants this account to confirm who it is. Do so on facebook.com, then send again.'],

  2207001: ['platform', 'Instagram met a fault with this file. It is tried again.', MINUTE],
  2207003: ['media', 'Instagram took too long to fetch the file. It is tried again.', MINUTE],
  2207004: ['media', LARGE],
  2207005: ['media', JPEG],
  2207006: ['media', `Instagram does not find what was prepared. ${ANEW}`, 30 * SECOND],
  2207008: ['media', `Instagram does not find what was prepared. ${ANEW}`, 30 * SECOND],
  2207009: ['media', SHAPE],
  2207010: ['content', CAPTION],
  2207020: ['media', `What was prepared at Instagram has expired. ${ANEW}`, SECOND],
  2207023: ['media', 'Instagram does not take this kind of file here. Use another.'],
  2207026: ['media', PLAYS],
  2207027: ['media', 'Instagram is not ready with the file. It is tried again.', 5 * SECOND],
  2207028: ['media', 'A carousel has 2 to 10 pictures or videos. Change their number.'],
  2207032: ['platform', 'Instagram could not prepare the file. It is tried again.', MINUTE],
  2207035: ['content', TAGS],
  2207036: ['content', TAGS],
  2207037: ['content', TAGS],
  2207040: ['content', 'Too many people are tagged. Tag fewer.'],
  2207042: ['rate', USED_UP, HOUR],
  2207050: ['policy', RESTRICTED],
  2207051: ['policy', 'Instagram takes this for spam and blocks it. Wait a day, then send it again.'],
  2207052: ['media', `Instagram could not fetch the file from this server. It is tried again. ${FETCH}`, MINUTE],
  2207053: ['platform', 'Instagram could not take the file. It is tried again.', MINUTE],
  2207057: ['media', 'The moment for the cover lies outside of the video. Choose another.'],
  2207077: ['media', `Instagram could not fetch the video. It is tried again. ${FETCH}`, MINUTE],
  2207081: ['content', 'Trial reels are not open to this account. Post it as a usual reel.'],
  2207082: ['media', 'The upload to Instagram failed. It is tried again.', MINUTE],
}
