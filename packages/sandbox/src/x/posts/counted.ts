import twitter, { type ParseTweetOptions } from 'twitter-text'

/** What X's own library says of a text: version 3 of its configuration, with another end for those who pay. */
export interface Counted {
  /** 1 or 2 a character, 2 an emoji, 23 a link. */
  weight: number
  /** Code points that no post may hold (twitter-text, `invalidCharsGroup`). */
  forbidden: boolean
  /** As written, one each time it stands there. */
  links: string[]
  cashtags: string[]
  /** User names, in lower case. */
  mentions: string[]
}

export const weigh = (text: string): number => twitter.parseTweet(text).weightedLength

export const counted = (text: string): Counted => ({
  weight: weigh(text),
  forbidden: twitter.hasInvalidCharacters(text),
  links: twitter.extractUrls(text),
  cashtags: twitter.extractCashtags(text),
  mentions: twitter.extractMentions(text).map((name) => name.toLowerCase()),
})

/** twitter-text, `config/v3.json`, for the one call that must name another end. */
const RULES: ParseTweetOptions = {
  version: 3,
  scale: 100,
  defaultWeight: 200,
  transformedURLLength: 23,
  emojiParsingEnabled: true,
  ranges: [
    { start: 0, end: 4351, weight: 100 },
    { start: 8192, end: 8205, weight: 100 },
    { start: 8208, end: 8223, weight: 100 },
    { start: 8242, end: 8247, weight: 100 },
  ],
}

/** The beginning of a text that weighs no more than so much. No link and no emoji is cut in two. */
export const beginning = (text: string, weight: number): string =>
  text.slice(0, twitter.parseTweet(text, { ...RULES, maxWeightedTweetLength: weight }).validRangeEnd + 1).trimEnd()

/** The longest text of a plain account, and of one that pays (docs.x.com, "Counting characters"; changelog 2024-08-20). */
export const PLAIN_LENGTH = 280
export const LONG_LENGTH = 25_000
