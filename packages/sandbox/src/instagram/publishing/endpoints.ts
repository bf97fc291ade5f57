/** What publishes and what reads it back, by the names that faults and counters go by. */
export const PUBLISHING = ['container', 'publish', 'limit', 'media', 'stories', 'comment', 'comments'] as const

export type Publishing = (typeof PUBLISHING)[number]
