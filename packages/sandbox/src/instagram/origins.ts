/** The real origins that are played. */
export const WWW = 'https://www.instagram.com'
export const API = 'https://api.instagram.com'
export const GRAPH = 'https://graph.instagram.com'
export const MEDIA = 'https://scontent.cdninstagram.com'
