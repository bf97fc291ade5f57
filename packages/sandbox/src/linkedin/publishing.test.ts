/** What holds for all of publishing: the ledger, faults on demand and by chance, quotas. */
import { describe, expect, it } from 'vitest'
import { samplePng } from '../core/samples.ts'
import { kit, reply, START } from '../kit.ts'
import { enc, NORTHWIND, type Person, Publisher } from './testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const CREATE = 'linkedin.post-create'
const failed = (call: Promise<unknown>) => call.then(() => undefined).catch((error) => error.cause?.code)

describe('the ledger', () => {
  it('is the truth over HTTP, oldest first', async () => {
    const who = await p.person()
    const id = await p.file('image', who, samplePng(3, 3))
    const urn = await p.published(who, { content: { media: { id, altText: 'Alt' } }, visibility: 'CONNECTIONS' })
    k.sandbox.control.advance(1)
    const second = await p.published(who, { author: NORTHWIND, commentary: 'Two (cut' })
    await p.send('DELETE', `/rest/posts/${enc(second)}`, who.token)
    const { status, json } = await reply(await fetch(`${k.sandbox.url}/__control/linkedin/ledger`))
    expect([status, json]).toEqual([
      200,
      {
        posts: [
          {
            ...{ id: urn, account: who.urn, kind: 'post', text: 'Good morning', at: START, replyTo: null },
            media: [{ kind: 'image', alt: 'Alt', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
            ...{ link: null, visibility: 'CONNECTIONS', deleted: false },
          },
          {
            ...{ id: second, account: NORTHWIND, kind: 'post', text: 'Two ', at: START + 1000, replyTo: null },
            ...{ media: [], link: null, visibility: 'PUBLIC', deleted: true },
          },
        ],
      },
    ])
  })

  it('has nothing of what was only uploaded or refused', async () => {
    const who = await p.person()
    await p.file('image', who, samplePng(3, 3))
    await p.create(who, { visibility: 'EVERYONE' })
    expect(p.ledger).toEqual([])
  })
})

describe('a fault at the create call', () => {
  const fault = (fields: object) => k.steer({ fault: { endpoint: CREATE, ...fields } as never })

  it.each([500, 502, 503, 504])('%i before anything is done', async (status) => {
    fault({ kind: 'gateway', status })
    expect((await p.create(await p.person())).status).toBe(status)
    expect(p.ledger).toEqual([])
  })

  it.each([500, 502, 503, 504])('%i after it was done: trying again names what is there', async (status) => {
    fault({ kind: 'gateway', status, when: 'after' })
    const who = await p.person()
    expect((await p.create(who)).status).toBe(status)
    expect(p.ledger).toHaveLength(1)
    expect((await p.create(who)).json.message).toContain(p.ledger[0]?.id)
  })

  it('a refusal of one’s own', async () => {
    const body = { status: 409, code: 'CONFLICT', message: 'A write conflict occurred. Retry the request.' }
    fault({ kind: 'answer', status: 409, body })
    const answer = await p.create(await p.person())
    expect([answer.status, answer.json, p.ledger]).toEqual([409, body, []])
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ])('the connection is reset %s', async (when, posts) => {
    fault({ kind: 'reset', when })
    expect(await failed(p.create(await p.person()))).toBe('ECONNRESET')
    expect(p.ledger).toHaveLength(posts)
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ])('no answer at all, %s', async (when, posts) => {
    fault({ kind: 'hang', when })
    const who = await p.person()
    const answer = fetch(k.api('/rest/posts'), {
      method: 'POST',
      body: JSON.stringify(p.body(who.urn)),
      headers: {
        authorization: `Bearer ${who.token}`,
        'linkedin-version': '202609',
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(300),
    })
    await expect(answer).rejects.toThrow(/abort|timeout/i)
    expect(p.ledger).toHaveLength(posts)
  })

  it('slow, and right', async () => {
    for (const when of ['before', 'after']) {
      fault({ kind: 'slow', ms: 5, when })
      expect((await p.create(await p.person(), { commentary: when })).status).toBe(201)
    }
  })

  it('the same at each other endpoint by its name', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    const calls: Record<string, () => Promise<{ status: number }>> = {
      'linkedin.posts': () => p.send('GET', `/rest/posts?q=author&author=${enc(NORTHWIND)}`, who.token),
      'linkedin.post': () => p.send('GET', `/rest/posts/${enc(urn)}`, who.token),
      'linkedin.post-update': () => p.send('POST', `/rest/posts/${enc(urn)}`, who.token, {}),
      'linkedin.post-delete': () => p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token),
      'linkedin.image-init': () => p.init('image', who),
      'linkedin.image': () => p.send('GET', '/rest/images/x', who.token),
      'linkedin.image-put': () => p.upload('https://www.linkedin.com/dms-uploads/sp/v2/image/x/0', new Uint8Array(1)),
      'linkedin.document-init': () => p.init('document', who),
      'linkedin.document': () => p.send('GET', '/rest/documents/x', who.token),
      'linkedin.document-put': () =>
        p.upload('https://www.linkedin.com/dms-uploads/sp/v2/document/x/0', new Uint8Array(1)),
      'linkedin.video-init': () => p.init('video', who),
      'linkedin.video-put': () => p.upload('https://www.linkedin.com/dms-uploads/sp/v2/video/x/0', new Uint8Array(1)),
      'linkedin.video-finalize': () => p.finalize(who, {}),
      'linkedin.video': () => p.send('GET', '/rest/videos/x', who.token),
      'linkedin.comment-create': () => p.send('POST', '/rest/socialActions/x/comments', who.token, {}),
      'linkedin.comments': () => p.send('GET', '/rest/socialActions/x/comments', who.token),
      'linkedin.comment-delete': () => p.send('DELETE', '/rest/socialActions/x/comments/1', who.token),
      'linkedin.ugc-create': () => p.send('POST', '/v2/ugcPosts', who.token, {}),
      'linkedin.asset-register': () => p.send('POST', '/v2/assets?action=registerUpload', who.token, {}),
      'linkedin.asset': () => p.send('GET', '/v2/assets/x', who.token),
      'linkedin.asset-put': () =>
        p.upload('https://www.linkedin.com/dms-uploads/sp/v2/image-asset/x/0', new Uint8Array(1)),
    }
    for (const [endpoint, call] of Object.entries(calls)) {
      k.steer({ fault: { endpoint, kind: 'gateway', status: 504 } })
      expect([endpoint, (await call()).status]).toEqual([endpoint, 504])
    }
  })
})

describe('faults by chance', () => {
  /** What came back of so many posts: a status, or that the connection died. */
  async function run(who: Person, n: number): Promise<unknown[]> {
    const seen: unknown[] = []
    for (let i = 0; i < n; i++) {
      const answer = await p.create(who, { commentary: `No ${i}` }).catch((error) => error.cause?.code)
      seen.push(typeof answer === 'string' ? answer : answer.status)
    }
    return seen
  }

  it('come alike at every run, and the ledger knows better than the answers', async () => {
    const random = { seed: 11, rate: 0.5, endpoint: CREATE }
    k.steer({ faults: { random } })
    const first = await run(await p.person(), 40)
    const posts = p.ledger.length
    const told = first.filter((one) => one === 201).length
    expect(new Set(first)).toEqual(new Set([201, 502, 503, 'ECONNRESET']))
    const [{ met } = { met: [] }] = k.sandbox.control.state().randomFaults
    // Of the four usual kinds the second and the fourth come after the work.
    expect(posts).toBe(told + (met[1] ?? 0) + (met[3] ?? 0))
    k.steer({ reset: true, clock: { set: START, freeze: true } })
    k.steer({ faults: { random } })
    expect(await run(await p.person(), 40)).toEqual(first)
  })
})

describe('quotas', () => {
  const quota = (limits: object, registration = 'linkedin') =>
    k.steer({ linkedin: { app: { registration, quota: limits } } })

  it('of one endpoint, by its name', async () => {
    quota({ endpoints: { [CREATE]: { member: 1 } } })
    const who = await p.person()
    await p.published(who)
    const answer = await p.create(who, { commentary: 'two' })
    expect([answer.status, answer.json]).toEqual([
      429,
      {
        serviceErrorCode: 101,
        code: 'TOO_MANY_REQUESTS',
        message: 'Resource level throttle MEMBER DAY limit for calls to this resource is reached.',
        status: 429,
      },
    ])
    expect([...answer.headers.keys()].filter((name) => /retry|ratelimit/i.test(name))).toEqual([])
    expect((await p.init('image', who)).status).toBe(200)
    expect((await p.create(await p.person({ member: 'tomas' }), { commentary: 'two' })).status).toBe(201)
  })

  it('of the app, over all its members', async () => {
    quota({ endpoints: { [CREATE]: { application: 1 } } })
    await p.published(await p.person())
    const { json } = await p.create(await p.person({ member: 'tomas' }))
    expect(json.message).toContain('APPLICATION DAY')
  })

  it('begin anew at 00:00 UTC', async () => {
    quota({ endpoints: { [CREATE]: { member: 1 } } })
    const who = await p.person()
    await p.published(who)
    k.steer({ clock: { set: Date.UTC(2026, 10, 21, 23, 59, 59) } })
    expect((await p.create(who, { commentary: 'two' })).status).toBe(429)
    k.sandbox.control.advance(1)
    expect((await p.create(who, { commentary: 'two' })).status).toBe(201)
  })

  it('count what is refused, too', async () => {
    quota({ endpoints: { [CREATE]: { member: 1 } } })
    const who = await p.person()
    expect((await p.create(who, { visibility: 'EVERYONE' })).status).toBe(400)
    expect((await p.create(who)).status).toBe(429)
  })

  it('of Share on LinkedIn are 150 requests a member', async () => {
    const who = await p.person({ registration: 'linkedin-selfserve' })
    const seen = await Promise.all(Array.from({ length: 151 }, (_, i) => p.create(who, { commentary: `No ${i}` })))
    expect(seen.filter(({ status }) => status === 201)).toHaveLength(150)
  })
})
