/** The first has a port because each customer of v1 has a host and port of their own ("DSN"); this is the documents' sample. */
export const DSN = 'https://api1.unipile.com:13111'
export const API = 'https://api.unipile.com'
export const HOSTED = 'https://account.unipile.com'
