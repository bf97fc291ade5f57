/** The real origins that are played. */
export const ACCOUNTS = 'https://accounts.google.com'
export const OAUTH = 'https://oauth2.googleapis.com'
export const OPENID = 'https://openidconnect.googleapis.com'
export const ADMIN = 'https://analyticsadmin.googleapis.com'
export const DATA = 'https://analyticsdata.googleapis.com'
export const MEDIA = 'https://lh3.googleusercontent.com'
