import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'

/** The token endpoint's bodies, word for word: kg0r0 on Zenn (2021), node-twitter-api-v2 319 and 496, and fixtures of many clients. */
export const oauthError = (status: number, error: string, description?: string): Answer =>
  json(status, { error, ...(description && { error_description: description }) }, { 'cache-control': 'no-store' })

export const missing = (name: string): Answer =>
  oauthError(400, 'invalid_request', `Missing required parameter [${name}].`)

/** One text for no header and for a wrong secret. */
export const noHeader = (): Answer => oauthError(401, 'unauthorized_client', 'Missing valid authorization header')

/** Its sentence was never captured. */
export const unknownClient = (): Answer => oauthError(401, 'invalid_client')

export const wrong = (what: string, error = 'invalid_request'): Answer =>
  oauthError(400, error, `Value passed for the ${what}`)

export const tokenInvalid = (error?: string): Answer => wrong('token was invalid.', error)
export const codeInvalid = (error?: string): Answer => wrong('authorization code was invalid.', error)

export const grantTypeInvalid = (): Answer =>
  wrong('grant type was invalid. Grant type should be one of [authorization_code, refresh_token].')
