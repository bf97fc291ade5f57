/** Whether a container whose publishing was lost was published: it says so. */
import { describe, expect, it } from 'vitest'
import { publishing as instagram } from '../../../instagram/publishing.ts'
import { answer, file, NOW, say } from '../../../publishing-testing.ts'
import { GRAPH, gram } from '../as.fixture.ts'
import { publishing } from '../index.ts'

const picture = say('x', { media: [file()] })
const carousel = say('x', { media: [file(), file('image', { id: 'b' })] })
const progress = { c0: 'k1', c1: 'k2', parent: 'k3' }
const look = (content = picture, known: object = progress, part = 'post', of = publishing) =>
  of.readBack?.(content, gram(), known as typeof progress, { part, since: NOW, others: new Set() })
const seen = (status_code: string | undefined) => look()?.read(answer(200, { status_code }))

it('the one that is published is asked', () => {
  expect(look()).toMatchObject({
    endpoint: 'GET /container',
    request: { method: 'GET', url: `${GRAPH}/k1?fields=status_code,status` },
  })
  expect(look(carousel)?.request.url).toContain('/k3?')
  expect(look(picture, progress, 'post', instagram)?.request.url).toMatch(
    /^https:\/\/graph\.instagram\.com\/v26\.0\/k1/,
  )
})

it('nobody can tell of a comment, or without a container', () => {
  expect(look(picture, progress, 'comment')).toBeUndefined()
  expect(look(picture, {})).toBeUndefined()
  expect(look(carousel, { c0: 'k1' })).toBeUndefined()
})

describe('it says', () => {
  it('that it was', () => expect(seen('PUBLISHED')).toEqual({ found: { published: NOW } }))
  it('that it was not, and may be asked for again: FINISHED', () => {
    expect(seen('FINISHED')).toEqual({ absent: true, again: true })
  })
  it.each(['ERROR', 'EXPIRED'])('that it was not: %s', (status) => {
    expect(seen(status)).toEqual({ absent: true })
  })
  it.each(['IN_PROGRESS', 'NEW_WORD', undefined])('neither: %s', (status) => {
    expect(seen(status)).toEqual({ unsure: expect.any(String) })
  })
})
