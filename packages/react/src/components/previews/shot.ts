import type { MediaItem, PostAccount, PostContent } from '../../api.ts'

/** What a preview draws from. */
export interface Shot {
  account: PostAccount
  content: PostContent
  media: ReadonlyMap<string, MediaItem>
  /** When it would be there: "29 Oct, 09:00", "Now". */
  when: string
  /** Of the text, so many characters fit; undefined: all. */
  fits?: number | undefined
}

export const itemsOf = ({ media }: Pick<Shot, 'media'>, uses: PostContent['media']): MediaItem[] =>
  uses.flatMap((use) => media.get(use.id) ?? [])
