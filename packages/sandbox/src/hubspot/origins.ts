/** The real origins that are played. */
export const APP = 'https://app.hubspot.com'
/** Where HubSpot moves the people of its European data centre (PipedreamHQ/pipedream 20321). */
export const APP_EU = 'https://app-eu1.hubspot.com'
export const API = 'https://api.hubapi.com'
