/** Instagram's refusals, judged: Meta's codes, a shape of its own at the token endpoint, and dead tokens that look like a wrong method. */
import { number, type OAuthProvider, type Provider, text } from '../../provider.ts'
import * as meta from '../meta/errors.ts'

export const redirectErrors: OAuthProvider['redirectErrors'] = meta.redirectErrors

/** `OAuthException_400` is what its own shape reads as: the sentence alone tells a used code from a wrong secret. Texts of this endpoint are in English. */
export const judgeToken: OAuthProvider['judgeToken'] = (refusal) => {
  const { error, description, grant } = refusal
  if (error.startsWith('IGApiException')) return grant === 'refresh' ? 'reauthorize' : 'ours'
  if (!/_40\d$/.test(error)) return meta.judgeToken(refusal)
  if (/secret|platform app|client/i.test(description)) return 'misconfigured'
  if (/code|redirect_uri/i.test(description)) return 'reauthorize'
  return grant === 'refresh' ? 'reauthorize' : 'ours'
}

/** in2code-de/instagram 41: stale tokens answer "Unsupported request" instead of 190. */
const looksDead = (body: unknown): boolean =>
  number(body, 'error', 'code') === 100 &&
  text(body, 'error', 'type') === 'IGApiException' &&
  /^Unsupported request/.test(text(body, 'error', 'message') ?? '')

export const judgeApi: Provider['judgeApi'] = (answer) =>
  looksDead(answer.body) ? 'reauthorize' : meta.judgeApi(answer)

export const { apiCode, limitedUntil } = meta

export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) =>
  meta.apiSentence(answer)?.replaceAll('Facebook', 'Instagram').replaceAll('facebook.com', 'instagram.com')
