import { describe, expect, it } from 'vitest'
import { SUBCODES } from '../../graph/instagram/errors.ts'
import { PAGE_REFUSALS } from '../posts/refusals.ts'
import type { PageKit } from '../posts/testing.ts'
import { errorOf, pageKit } from '../posts/testing.ts'
import { NORTHWIND, NORTHWIND_IG } from '../testing.ts'

const k = pageKit()
const feed = (message: string) => k.send(`/${NORTHWIND}/feed`, { message })

/** Each endpoint that publishes, and what its ledger says afterwards. */
const PUBLISHES: [string, (k: PageKit) => Promise<() => Promise<unknown>>][] = [
  ['meta.post', async () => () => feed('x')],
  ['meta.photo', async () => () => k.send(`/${NORTHWIND}/photos`, { url: k.files.jpeg() })],
  ['meta.video', async () => () => k.send(`/${NORTHWIND}/videos`, { file_url: k.files.mp4() })],
  [
    'meta.reel',
    async () => {
      const { video_id, upload_url } = (await k.send(`/${NORTHWIND}/video_reels`, { upload_phase: 'start' })).json
      const headers = { authorization: `OAuth ${k.token}`, file_url: k.files.mp4() }
      await k.rupload(new URL(upload_url).pathname, headers)
      return () => k.send(`/${NORTHWIND}/video_reels`, { upload_phase: 'finish', video_id, video_state: 'PUBLISHED' })
    },
  ],
  [
    'meta.photo-story',
    async () => {
      const photo_id = await k.stage()
      return () => k.send(`/${NORTHWIND}/photo_stories`, { photo_id })
    },
  ],
  [
    'meta.ig-publish',
    async () => {
      const creation_id = await k.id(k.send(`/${NORTHWIND_IG}/media`, { image_url: k.files.jpeg() }))
      k.advance(1)
      return () => k.send(`/${NORTHWIND_IG}/media_publish`, { creation_id })
    },
  ],
]

describe.each(PUBLISHES)('faults of %s', (endpoint, prepare) => {
  const published = () => {
    k.advance(60)
    return k.ledger().length
  }
  const failed = (call: () => Promise<unknown>) =>
    call().then(
      (answer) => (answer as { status: number }).status,
      () => 'cut off',
    )

  it.each([
    ['502 before', { kind: 'gateway', status: 502 }, 502, 0],
    ['503 after', { kind: 'gateway', status: 503, when: 'after' }, 503, 1],
    ['500 of Meta after', { kind: 'answer', status: 500, when: 'after', body: { error: { code: 2 } } }, 500, 1],
    ['cut off before', { kind: 'reset', when: 'before' }, 'cut off', 0],
    ['cut off after', { kind: 'reset', when: 'after' }, 'cut off', 1],
    ['late', { kind: 'slow', ms: 20, when: 'after' }, 200, 1],
  ] as const)('%s', async (_, fault, status, count) => {
    const call = await prepare(k)
    k.sandbox.control.fault({ endpoint, ...fault })
    expect(await failed(call)).toBe(status)
    expect(published()).toBe(count)
  })
})

describe('by chance', () => {
  it('what was answered and what was done are two things, and the ledger says which', async () => {
    k.steer({ settings: { duplicates: 'off' } })
    k.sandbox.control.apply({ faults: { random: { seed: 3, rate: 0.6, endpoint: 'meta.post', method: 'POST' } } })
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        feed(`n${at}`).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
    const ok = answers.flatMap((status, at) => (status === 200 ? [`n${at}`] : []))
    const texts = k.ledger().map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(ok))
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.length).toBeGreaterThan(ok.length)
    expect(texts.length).toBeLessThan(40)
  })
})

describe('a refusal of the table', () => {
  const CODES: Partial<Record<number, number>> = { 368: 368, 389: 389, 1609005: 1609005 }

  it.each(PAGE_REFUSALS.map((is) => [is] as const))('%i meets the next call, and no other', async (is) => {
    k.steer({ refuse: { endpoint: 'meta.post', is } })
    expect((await k.read(`/${NORTHWIND}/feed`)).status).toBe(200)
    const { json } = await feed('x')
    expect(json.error).toMatchObject(CODES[is] ? { code: is } : { error_subcode: is })
    expect(json.error.message.length).toBeGreaterThan(0)
    expect(k.ledger()).toEqual([])
    expect((await feed('x')).status).toBe(200)
  })

  it.each(SUBCODES.map((is) => [is] as const))('%i of Instagram', async (is) => {
    k.steer({ refuse: { endpoint: 'meta.ig-container', is, times: 2 } })
    for (let n = 0; n < 2; n++)
      expect(errorOf(await k.send(`/${NORTHWIND_IG}/media`, { image_url: k.files.jpeg() })).subcode).toBe(is)
    expect((await k.send(`/${NORTHWIND_IG}/media`, { image_url: k.files.jpeg() })).status).toBe(200)
  })

  it('has another status where it is told to', async () => {
    k.steer({ refuse: { endpoint: 'meta.post', is: 1609005, status: 500 } })
    expect(errorOf(await feed('x'))).toMatchObject({ status: 500, code: 1609005 })
  })

  it('of a video that may not be published', async () => {
    k.steer({ refuse: { is: 'no-video-permission' } })
    const { json } = await k.send(`/${NORTHWIND}/videos`, { file_url: k.files.mp4() })
    expect(json.error).toMatchObject({ code: 100, message: '(#100) No permission to publish the video' })
  })

  it.each([
    [{ refuse: { endpoint: 'meta.pots', is: 506 } }],
    [{ refuse: { endpoint: 'meta.post', is: 7 } }],
    [{ refuse: { endpoint: 'meta.pots', is: 1455006 } }],
    [{ failProcessing: { what: 'container', code: 1 } }],
  ])('that is none is refused itself: %j', (command) => {
    expect(() => k.sandbox.control.apply({ meta: command } as Parameters<typeof k.sandbox.control.apply>[0])).toThrow()
  })
})
