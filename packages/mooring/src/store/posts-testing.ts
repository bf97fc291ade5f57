/** A workspace's posts, for the tests of this folder: one that waits, one that is being sent, and what is known of both. */
import { randomUUID } from 'node:crypto'
import type { NewDelivery } from './posts.ts'
import type { Store } from './store.ts'

export interface SeededPosts {
  post: string
  /** Of that post; it waits. */
  delivery: string
  /** Being sent, under this lease. */
  sending: string
  lease: string
  /** Of what is being sent. */
  tried: string
  file: string
}

export const newPost = (id: string = randomUUID(), account: string = randomUUID()) => ({
  id,
  content: JSON.stringify({ text: 'Hello', media: [] }),
  targets: JSON.stringify([{ accountId: account }]),
  draft: false,
  at_local: '2031-01-01T09:00',
  at_zone: 'Europe/Rome',
  due_at: new Date(Date.now() - 1000),
  created_at: new Date(),
  created_by: 'Owner',
})

export const newDelivery = (parts: Partial<NewDelivery> = {}): NewDelivery => ({
  ...{ id: randomUUID(), account_id: null, connection_id: null, provider: 'linkedin', kind: 'person' },
  ...{ subject: 'urn:li:person:mara', label: 'Mara', handle: null, picture: null, state: 'queued' },
  ...{ content: JSON.stringify({ text: 'Hello', media: [] }), due_at: new Date(Date.now() - 1000) },
  ...{ published_at: null, external_id: null, permalink: null, warning: null },
  ...{ fault_class: null, fault_code: null, fault_message: null },
  ...parts,
})

export const newFile = (id: string = randomUUID()) => ({
  ...{ id, kind: 'image' as const, mime: 'image/png', file_name: 'a.png', bytes: 10, sha256: 'aa' },
  ...{ width: 1, height: 1, duration_ms: null, frames: null, frames_per_second: null, video_codec: null },
  ...{
    audio_codec: null,
    audio_hz: null,
    moov_first: null,
    pages: null,
    made_from: null,
    made_as: null,
    created_at: new Date(),
    created_by: 'Owner',
  },
})

export async function seedPosts(
  store: Store,
  workspace: string,
  connection: string,
  account: string,
): Promise<SeededPosts> {
  const now = new Date()
  const own = { account_id: account, connection_id: connection }
  const [waits, sends] = [newDelivery(own), newDelivery(own)]
  const post = newPost(randomUUID(), account)
  await store.posts.create(workspace, post, [waits], now, { key: `key of ${workspace}`, hash: 'hash' })
  await store.posts.create(workspace, newPost(), [sends], now, undefined)
  const [lease, tried, file] = [randomUUID(), randomUUID(), randomUUID()]
  await store.deliveryWork.takeOne(workspace, sends.id, now, lease)
  await store.deliveryWork.write(workspace, sends.id, lease, now, {
    set: { state: 'sending' },
    begin: { id: tried, part: 'post' },
    step: { id: randomUUID(), name: 'Upload', status: 201, message: null },
  })
  await store.media.add(workspace, newFile(file))
  await store.publishing.change(workspace, { slots: [{ weekday: 1, time: '09:00' }] })
  const resets = new Date(Date.now() + 3_600_000)
  const budget = { registration: 'linkedin', holder: account, endpoint: 'POST /posts', limit_of: 10, remaining: 9 }
  await store.budgets.note([{ ...budget, resets_at: resets, known: 'told' }], now)
  return { post: post.id, delivery: waits.id, sending: sends.id, lease, tried, file }
}
