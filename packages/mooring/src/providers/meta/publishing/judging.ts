/** Refusals of graph.facebook.com. */
import type { PublishFault } from '../../../provider-publishing.ts'
import { apiCode, apiSentence, judgeApi } from '../errors.ts'
import { bySubcode, judgeFor } from './faults.ts'

export const judge = judgeFor({
  name: 'Facebook',
  permission: 'Reconnect and allow it, or ask the admin of the Page for a role that may create content.',
  judgeApi,
  apiCode,
  apiSentence,
})

/** A file, or an id that is not taken (100, without a subcode that says what else it is): what was uploaded is of no use. */
export function isOfFiles({ class: of, code = '' }: PublishFault): boolean {
  const [main, subcode] = code.split('/')
  if (of === 'media' || code === '100/33') return true
  return of === 'content' && main === '100' && bySubcode(Number(subcode)) === undefined
}
