import { expect, it } from 'vitest'
import { attempt, detail, post } from '../../app/post.fixture.ts'
import { diagnosticsOf } from './diagnostics.ts'

it('holds what an operator asks for, a line a fact', () => {
  const failed = detail({
    state: 'failed',
    problem: { class: 'content', providerCode: 'E1', message: 'Too long.' },
    attempts: [
      attempt({ outcome: 'refused', status: 422, providerCode: 'E1', message: 'Too long.', excerpt: '{"e":1}' }),
    ],
  })
  const sent = detail({ id: 'd2', state: 'published', externalId: 'urn:1', permalink: 'https://h.example/1' })
  expect(diagnosticsOf(post({ state: 'partial' }), [failed, sent])).toBe(
    [
      'Post p1',
      'partial, version 1',
      'due 2026-10-14T07:00:00.000Z',
      '',
      'Delivery d1',
      'harbour organization Northwind Studio: failed',
      'content E1 Too long.',
      '  2026-10-14T07:00:03.000Z Attempt 1 written down, then sent',
      '  2026-10-14T07:00:04.000Z Too long. | 422 E1 | {"e":1}',
      '',
      'Delivery d2',
      'harbour organization Northwind Studio: published',
      'id there: urn:1',
      'https://h.example/1',
    ].join('\n'),
  )
})
