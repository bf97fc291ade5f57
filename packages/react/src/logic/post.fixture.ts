import type { Delivery, Features, MediaItem, Post, PostAccount, PublishTarget } from '../api.ts'

export const postAccount = (parts: Partial<PostAccount> = {}): PostAccount => ({
  id: 'a1',
  provider: 'harbour',
  providerName: 'Harbour',
  kind: 'organization',
  label: 'Northwind Studio',
  handle: null,
  picture: null,
  ...parts,
})

export const features = (parts: Partial<Features> = {}): Features => ({
  text: { limit: 3000, weighted: false },
  images: 20,
  videos: 1,
  documents: 1,
  mixed: false,
  needsMedia: false,
  altText: 4000,
  link: 'card',
  poll: null,
  thread: false,
  firstComment: true,
  visibility: ['public'],
  formats: ['feed'],
  mentions: 'none',
  deletes: true,
  ...parts,
})

export const target = (account: Partial<PostAccount> = {}, parts: Partial<PublishTarget> = {}): PublishTarget => ({
  account: postAccount(account),
  connection: { id: 'c1', state: 'connected', label: 'Mara Lindqvist' },
  unusable: null,
  needsPersonAt: null,
  features: features(),
  ...parts,
})

export const delivery = (parts: Partial<Delivery> = {}): Delivery => ({
  id: 'd1',
  postId: 'p1',
  account: postAccount(),
  connectionId: 'c1',
  state: 'scheduled',
  dueAt: '2026-10-14T07:00:00.000Z',
  nextTryAt: null,
  publishedAt: null,
  externalId: null,
  permalink: null,
  warning: null,
  problem: null,
  atRisk: null,
  actions: [],
  updatedAt: '2026-10-14T07:00:00.000Z',
  ...parts,
})

export const post = (parts: Partial<Post> = {}): Post => ({
  id: 'p1',
  state: 'scheduled',
  content: { text: 'We hire', media: [] },
  targets: [{ accountId: 'a1' }],
  at: { local: '2026-10-14T09:00', zone: 'Europe/Rome' },
  dueAt: '2026-10-14T07:00:00.000Z',
  version: 1,
  media: [],
  deliveries: [delivery()],
  createdAt: '2026-10-01T07:00:00.000Z',
  createdBy: 'Mara Lindqvist',
  updatedAt: '2026-10-01T07:00:00.000Z',
  ...parts,
})

export const mediaItem = (parts: Partial<MediaItem> = {}): MediaItem => ({
  id: 'm1',
  kind: 'image',
  mime: 'image/png',
  fileName: 'bread.png',
  bytes: 1000,
  width: 1200,
  height: 900,
  durationMs: null,
  pages: null,
  url: '/api/v1/media/m1/content',
  preview: '/api/v1/media/m1/preview',
  createdAt: '2026-10-01T07:00:00.000Z',
  ...parts,
})
