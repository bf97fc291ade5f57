import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'

/** The shape of api.instagram.com, which is nowhere else (developers.facebook.com, "Business Login for Instagram"). */
export const exchangeError = (error_message: string): Answer =>
  json(
    400,
    { error_type: 'OAuthException', code: 400, error_message },
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  )
