/** Lengths, tags and addresses as X finds them, by its own library: 280 of weight, an address 23, an emoji 2. */
import twitterText from 'twitter-text'

export const weightOf = (text: string): number => twitterText.parseTweet(text).weightedLength
/** U+FFFE, U+FEFF, U+FFFF. */
export const hasForbidden = (text: string): boolean => twitterText.hasInvalidCharacters(text)
export const cashtagsIn = (text: string): string[] => twitterText.extractCashtags(text)
export const withoutAddresses = (text: string): string =>
  twitterText.extractUrls(text).reduce((left, url) => left.replace(url, ''), text)
