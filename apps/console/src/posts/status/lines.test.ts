import type { Attempt } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { attempt, detail } from '../../app/post.fixture.ts'
import { linesOf } from './lines.ts'

const step = (at: string, name: string, status: number | null = 201) => ({ at, name, status, message: null })
const titles = (parts: Parameters<typeof detail>[0]) =>
  linesOf(detail(parts)).map((line) => `${line.node} ${line.title}`)

it('puts steps and attempts in the order of their moments', () => {
  expect(
    titles({
      steps: [
        step('2026-10-14T07:00:01Z', 'Upload picture 1 of 2'),
        step('2026-10-14T07:00:40Z', 'Looked for it', 403),
      ],
      attempts: [
        attempt({
          outcome: 'unknown',
          status: null,
          startedAt: '2026-10-14T07:00:03Z',
          endedAt: '2026-10-14T07:00:33Z',
        }),
      ],
      nextTryAt: '2026-10-14T07:05:00Z',
    }),
  ).toEqual([
    'done Upload picture 1 of 2',
    'done Attempt 1 written down, then sent',
    'unknown No answer came',
    'bad Looked for it',
    'open Looked at again by itself',
  ])
})

describe('how an attempt ended', () => {
  it.each<[Partial<Attempt>, string, string, string | undefined]>([
    [{}, 'done', 'Harbour took it', '201'],
    [
      { outcome: 'refused', status: 422, providerCode: 'TOO_LONG', message: 'The text is too long.' },
      'bad',
      'The text is too long.',
      '422 TOO_LONG',
    ],
    [{ outcome: 'refused', status: null }, 'bad', 'Harbour refused it', undefined],
    [
      { outcome: 'unknown', status: null, message: 'No answer after 30 seconds.' },
      'unknown',
      'No answer after 30 seconds.',
      undefined,
    ],
    [{ outcome: 'confirmed', status: null }, 'done', 'It was seen there', undefined],
    [{ outcome: 'absent', status: null }, 'bad', 'It was not there', undefined],
    [{ outcome: 'sending', status: null, endedAt: null }, 'open', 'Waiting for Harbour', undefined],
  ])('%o', (parts, node, title, fact) =>
    expect(linesOf(detail({ attempts: [attempt(parts)] })).at(-1)).toMatchObject({
      node,
      title,
      ...(fact ? { fact } : {}),
    }),
  )

  it('says which part it was', () => {
    const [second, comment] = linesOf(
      detail({
        attempts: [
          attempt({ id: 'a', part: 'thread.0' }),
          attempt({ id: 'b', part: 'comment', startedAt: '2026-10-14T07:01:00Z' }),
        ],
      }),
    ).filter((line) => line.title.startsWith('Attempt'))
    expect([second?.note, comment?.note]).toEqual(['Part 2 of the thread', 'The first comment'])
  })

  it('keeps what the platform said for the operator', () =>
    expect(linesOf(detail({ attempts: [attempt({ excerpt: '{"status":422}' })] }))[1]?.excerpt).toBe('{"status":422}'))
})
