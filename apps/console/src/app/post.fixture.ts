import type { Attempt, Delivery, DeliveryDetail, Post } from '@mooring/react'

export const delivery = (parts: Partial<Delivery> = {}): Delivery => ({
  id: 'd1',
  postId: 'p1',
  account: {
    id: 'a1',
    provider: 'harbour',
    providerName: 'Harbour',
    kind: 'organization',
    label: 'Northwind Studio',
    handle: null,
    picture: null,
  },
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

export const attempt = (parts: Partial<Attempt> = {}): Attempt => ({
  id: 't1',
  number: 1,
  part: 'post',
  startedAt: '2026-10-14T07:00:03.000Z',
  endedAt: '2026-10-14T07:00:04.000Z',
  outcome: 'accepted',
  status: 201,
  providerCode: null,
  message: null,
  excerpt: null,
  ...parts,
})

export const detail = (parts: Partial<DeliveryDetail> = {}): DeliveryDetail => ({
  ...delivery(),
  content: { text: 'We hire', media: [] },
  attempts: [],
  steps: [],
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
