import { describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { ApiProblem } from './problem.ts'

interface Asked {
  method: string
  url: string
  body: unknown
}

/** A client whose requests are kept, and answered in order. */
function scripted(...answers: (Response | Error)[]) {
  const asked: Asked[] = []
  const client = createClient({
    baseUrl: 'https://mooring.example',
    fetch: async (url, init) => {
      asked.push({ method: init?.method ?? '', url: String(url), body: init?.body })
      const answer = answers.shift()
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nothing left to answer')
      return answer
    },
  })
  return { client, asked }
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

const problemOf = async (asked: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  if (!(error instanceof ApiProblem)) throw new Error('it did not throw an ApiProblem')
  return error
}

describe('the client', () => {
  it('asks at the right place, with JSON', async () => {
    const { client, asked } = scripted(json({ id: 'f' }, 201))
    await client.flows.start({ provider: 'harbour', returnTo: '/connect/return' })
    expect(asked).toEqual([
      {
        method: 'POST',
        url: 'https://mooring.example/api/v1/flows',
        body: '{"provider":"harbour","returnTo":"/connect/return"}',
      },
    ])
  })

  it('writes an id into the address so that it stays one part of it', async () => {
    const { client, asked } = scripted(json({}))
    await client.connections.get('a/../b?c')
    expect(asked[0]?.url).toBe('https://mooring.example/api/v1/connections/a%2F..%2Fb%3Fc')
  })

  it('reads a list to its end', async () => {
    const { client, asked } = scripted(
      json({ data: [{ id: '1' }], nextCursor: 'x y' }),
      json({ data: [{ id: '2' }], nextCursor: null }),
    )
    expect(await client.connections.list()).toEqual([{ id: '1' }, { id: '2' }])
    expect(asked.map((one) => new URL(one.url).searchParams.get('cursor'))).toEqual([null, 'x y'])
  })

  it('takes an answer without a body', async () => {
    const { client } = scripted(new Response(null, { status: 204 }))
    expect(await client.session.signOut()).toBeUndefined()
  })

  it('makes a problem document an ApiProblem', async () => {
    const { client } = scripted(
      json({ code: 'rate_limited', detail: 'Too many tries.', status: 429, retryAfter: 60, requestId: 'r1' }, 429),
    )
    const problem = await problemOf(client.flows.start({ provider: 'harbour' }))
    expect(problem).toMatchObject({
      code: 'rate_limited',
      message: 'Too many tries.',
      status: 429,
      retryAfter: 60,
      requestId: 'r1',
    })
  })

  it.each([
    [new Response('<html>', { status: 502, headers: { 'x-request-id': 'r2' } }), 'unavailable', 502],
    [new Response('nope', { status: 418 }), 'refused', 418],
    [new Response('not json', { status: 200 }), 'refused', 200],
    [new TypeError('fetch failed'), 'offline', 0],
  ])('makes something of what is no problem document: %#', async (answer, code, status) => {
    const { client } = scripted(answer)
    expect(await problemOf(client.session.get())).toMatchObject({ code, status })
  })
})
