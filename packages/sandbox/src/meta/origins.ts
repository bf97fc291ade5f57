/** The real origins that are played. */
export const WWW = 'https://www.facebook.com'
export const GRAPH = 'https://graph.facebook.com'
export const MEDIA = 'https://scontent.xx.fbcdn.net'
/** Where bytes of videos are sent to. */
export const RUPLOAD = 'https://rupload.facebook.com'
/** Where people see what was published to the Instagram accounts behind Pages. */
export const INSTAGRAM_WWW = 'https://www.instagram.com'
