export const WWW = 'https://www.linkedin.com'
export const API = 'https://api.linkedin.com'
export const MEDIA = 'https://media.licdn.com'

/** The issuer as LinkedIn's own discovery document names it. */
export const ISSUER = `${WWW}/oauth`
