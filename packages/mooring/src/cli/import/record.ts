/** What every source is turned into, one record a connection; and why a row is none. */

export interface SourceRecord {
  /** Our id of the platform, or its name as the source has it where we know none. */
  provider: string
  registration: string | null
  /** The platform's id of whoever authorized, as the source has it; often that of a page instead. */
  subject: string | null
  label: string | null
  accessToken: string | null
  refreshToken: string | null
  /** ISO 8601 in UTC. */
  accessTokenExpiresAt: string | null
  refreshTokenExpiresAt: string | null
  /** Null: the source does not say. */
  scopes: string[] | null
  /** When the source wrote the tokens. */
  updatedAt: string | null
}

export interface Skipped {
  code: SkipCode
  message: string
}

/** Why a row never left for the server. The server has codes of its own beside these. */
export type SkipCode =
  | 'unreadable'
  | 'cannot_open'
  | 'token_unusable'
  | 'no_token'
  | 'inactive'
  | 'not_oauth'
  | 'no_owner'

export type Row = Readonly<Record<string, unknown>>

/** In a row's place, where a source has something that is none. */
export class Unreadable {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

export type Mapped = { record: SourceRecord } | { skipped: Skipped }

/** Opens a sealed value of the source; undefined when none of the keys fits. */
export type Open = (sealed: string) => string | undefined

/** One shape that older systems have: which columns it is known by, whose a row is, and what it says. Pure. */
export interface Shape {
  name: string
  /** Tables of this name are looked for. */
  table: string
  /** A table is of this shape when it has all of these. */
  needed: readonly string[]
  /** And at least one of these, where there are any. */
  oneOf?: readonly string[]
  /** Read where they are there. Nothing else of a table is ever asked for. */
  optional: readonly string[]
  /** `business:7`: whose the row is; null where the source does not say. */
  owner: (row: Row) => string | null
  map: (row: Row, open: Open) => Mapped
  /** What the report should say once when this shape was met. */
  note?: string
}
