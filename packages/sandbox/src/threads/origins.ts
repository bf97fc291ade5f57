/** The real origins that are played. Clients use `.net` and `.com` alike; the documents' samples have `.net`. */
export const WWW = 'https://www.threads.net'
export const GRAPH = 'https://graph.threads.net'
export const MEDIA = 'https://scontent-fra3-1.cdninstagram.com'
