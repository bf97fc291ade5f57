import { randomInt } from 'node:crypto'
import type { Shelf } from '../media/shelf.ts'
import type { Upload } from '../media/upload.ts'
import type { Comment, Container, Media } from './container.ts'
import type { PublishSettings } from './settings.ts'

/** Accounts' containers and media, as one of the two hosts holds them. */
export interface Book {
  containers: Map<string, Container>
  /** Oldest first. Nothing is ever deleted by this API. */
  media: Map<string, Media>
  comments: Map<string, Comment>
  /** Files that are on their way, by container. */
  uploads: Map<string, Upload>
  pictures: Shelf
  /** Processing that is told to fail next. */
  failNext: { subcode: number; times: number }[]
  /** The id that was given out last. It starts anywhere: ids of one start are not those of another. */
  serial: number
}

export const emptyBook = (): Book => ({
  containers: new Map(),
  media: new Map(),
  comments: new Map(),
  uploads: new Map(),
  pictures: new Map(),
  failNext: [],
  serial: randomInt(10 ** 9) * 1000,
})

/** Where the shared half plays: what each of the two hosts has of its own. */
export interface Stage {
  book: Book
  settings: PublishSettings
  /** In ms since 1970, by the sandbox's clock. */
  readonly now: number
  /** A digit that tells the ids of one host from those of the other, and a letter for its shortcodes. */
  mark: { digit: string; letter: string }
  /** Origin of files. */
  files: string
  /** Address of the API with its version, where lists go on. */
  address: string
  /** Where bytes are sent to; undefined where only addresses are taken. */
  upload: ((container: string) => string) | undefined
}

/** On whose behalf a call comes: an account that the caller may publish to, and by which app. */
export interface Actor {
  account: string
  username: string
  clientId: string
}

/** Ids have 17 digits and begin as real ones do: 17 a container, 18 a media. */
export function nextId({ book, mark }: Stage, kind: '17' | '18'): string {
  book.serial += 1
  return `${kind}${mark.digit}${String(book.serial).padStart(14, '0')}`
}

export const childrenIn =
  ({ containers }: Book) =>
  ({ children }: Container): Container[] =>
    children.flatMap((id) => containers.get(id) ?? [])

export const createdSince = ({ containers }: Book, account: string, since: number): number =>
  [...containers.values()].filter((one) => one.account === account && one.createdAt > since).length

/** A carousel counts as one. */
export const publishedSince = ({ media }: Book, account: string, since: number): number =>
  [...media.values()].filter((one) => one.account === account && one.at > since).length

/** The subcode that the next processing is told to fail with. */
export function toldFailure({ failNext }: Book): number | null {
  const told = failNext.find((one) => one.times > 0)
  if (!told) return null
  told.times -= 1
  return told.subcode
}
