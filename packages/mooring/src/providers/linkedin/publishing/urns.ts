/** LinkedIn's ids of posts, and the addresses that people see. */

const POST = /^urn:li:(share|ugcPost|activity):\d+$/

export const permalink = (urn: string): string => `https://www.linkedin.com/feed/update/${urn}/`

/** A URN in a path or a query of Rest.li 2.0. */
export const encoded = (urn: string): string => encodeURIComponent(urn)

/** As the header has it, or percent-encoded, as LinkedIn's own client takes it, too. Undefined: it is no post's. */
export function postUrn(raw: string | undefined | null): string | undefined {
  if (!raw) return undefined
  const urn = raw.replace(/%3a/gi, ':')
  return POST.test(urn) ? urn : undefined
}

/** The post that a refusal names: "Content is a duplicate of urn:li:share:7141138937766391808". */
export const urnIn = (message: string | undefined): string | undefined =>
  /urn:li:(?:share|ugcPost|activity):\d+/.exec(message ?? '')?.[0]

/** Of `…/feed/update/urn:li:share:1/`, `…/posts/name_words-activity-1-abcd`, or a URN. */
export function idFrom(pasted: string): { id: string; url: string } | undefined {
  const urn = postUrn(pasted) ?? fromAddress(pasted)
  return urn === undefined ? undefined : { id: urn, url: permalink(urn) }
}

function fromAddress(pasted: string): string | undefined {
  const address = /^https?:\/\/(?:[a-z]+\.)?linkedin\.com\/(feed\/update|posts|embed\/feed\/update)\/([^/?#]+)/i.exec(
    pasted,
  )
  const [, place, last = ''] = address ?? []
  if (place === undefined) return undefined
  if (place.toLowerCase() !== 'posts') return postUrn(last)
  const [, kind, id] = /-(activity|share|ugcPost)-(\d+)(?:-|$)/.exec(last) ?? []
  return kind === undefined ? undefined : `urn:li:${kind}:${id}`
}
