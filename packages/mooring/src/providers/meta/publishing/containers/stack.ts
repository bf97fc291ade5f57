/** The two ways to Instagram: by a Page's token, or by a sign-in at Instagram itself. */
import type { PublishAs, Publisher } from '../../../../provider-publishing.ts'

export interface Stack {
  /** An address of its API. */
  url: (as: PublishAs, path: string) => string
  scopes: { publish: string; comment: string }
  /** Videos may be sent as bytes; else Instagram fetches them. */
  resumable: boolean
  judge: Publisher['judge']
}
