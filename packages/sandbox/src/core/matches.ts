/** Endpoint patterns: a whole name, a prefix ending in `*`, or `*`. */
export const matches = (pattern: string, endpoint: string): boolean =>
  pattern.endsWith('*') ? endpoint.startsWith(pattern.slice(0, -1)) : pattern === endpoint
