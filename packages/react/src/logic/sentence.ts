/** Splits after the first sentence: "Ends on 23 Oct. Reconnect takes a minute." A domain such as x.com is no end. */
export function firstSentence(text: string): [first: string, rest: string] {
  const end = text.search(/[.!?](\s|$)/)
  return end === -1 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 1).trim()]
}

/** A heading has no full stop. */
export const heading = (sentence: string): string => sentence.replace(/\.$/, '')
