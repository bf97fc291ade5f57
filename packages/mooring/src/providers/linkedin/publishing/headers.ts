import type { PublishAs } from '../../../provider-publishing.ts'

export const API = 'https://api.linkedin.com'

/** Without it Rest.li protocol 1.0.0 applies, whose query syntax differs. */
export const legacyHeaders = { 'X-Restli-Protocol-Version': '2.0.0' }

export const restHeaders = ({ settings }: PublishAs) => ({
  ...legacyHeaders,
  'LinkedIn-Version': settings.API_VERSION ?? '',
})
