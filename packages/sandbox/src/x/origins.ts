/** docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE": people go to x.com, programs to api.x.com; pictures come from pbs.twimg.com. */
export const WWW = 'https://x.com'
export const API = 'https://api.x.com'
export const MEDIA = 'https://pbs.twimg.com'
