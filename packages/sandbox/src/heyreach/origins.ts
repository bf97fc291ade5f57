/** The real origin that is played, and the path that its API stands under. */
export const API = 'https://api.heyreach.io'
export const BASE = '/api/public'
