/** Refusals of graph.facebook.com. */
import type { PublishFault } from '../../../provider-publishing.ts'
import { apiCode, apiSentence, judgeApi } from '../errors.ts'
import { judgeFor } from './faults.ts'

export const judge = judgeFor({
  name: 'Facebook',
  permission: 'Reconnect and allow it, or ask the admin of the Page for a role that may create content.',
  judgeApi,
  apiCode,
  apiSentence,
})

/** A file, or an id that is not taken (100): what was uploaded is of no use. */
export const isOfFiles = ({ class: of, code = '' }: PublishFault): boolean =>
  of === 'media' || code === '100/33' || (of === 'content' && /^100(\/|$)/.test(code))
