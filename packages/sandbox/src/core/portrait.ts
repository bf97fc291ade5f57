import { empty } from './answer.ts'
import type { Answer } from './ask.ts'
import { escapeHtml } from './page.ts'

/** A picture of somebody's initials, open to everybody as the real ones are; 404 where there is none. */
export function portrait(name: string | undefined, color = '#2b3440'): Answer {
  if (name === undefined) return empty(404)
  const initials = name
    .split(' ')
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'max-age=86400',
    },
    body: `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" rx="48" fill="${color}"/><text x="48" y="60" fill="#fff" font-family="sans-serif" font-size="34" text-anchor="middle">${escapeHtml(initials)}</text></svg>`,
  }
}
