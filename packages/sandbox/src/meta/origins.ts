/** The real origins that are played. */
export const WWW = 'https://www.facebook.com'
export const GRAPH = 'https://graph.facebook.com'
export const MEDIA = 'https://scontent.xx.fbcdn.net'
