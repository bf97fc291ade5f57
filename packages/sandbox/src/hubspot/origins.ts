/** The real origins that are played. */
export const APP = 'https://app.hubspot.com'
export const API = 'https://api.hubapi.com'
