import { expect, it } from 'vitest'
import type { PostContent } from '../api.ts'
import { fileSize, playTime, postExtras, postTitle } from './post-words.ts'

const content = (parts: Partial<PostContent>): PostContent => ({ text: '', media: [], ...parts })

it.each<[Partial<PostContent>, string]>([
  [{ text: '\n The arch mark\nSix months' }, 'The arch mark'],
  [{ text: 'a'.repeat(90) }, `${'a'.repeat(80)}…`],
  [{ text: '🙂'.repeat(90) }, `${'🙂'.repeat(80)}…`],
  [{ poll: { question: 'Rye?', options: [], minutes: 1440 } }, 'Rye?'],
  [
    {
      thread: [
        { text: '', media: [] },
        { text: 'Second', media: [] },
      ],
    },
    'Second',
  ],
  [{ link: { url: 'https://a.example', title: 'A page' } }, 'A page'],
  [{ media: [{ id: 'm' }] }, '1 file'],
  [{ media: [{ id: 'm' }, { id: 'n' }] }, '2 files'],
  [{}, 'Nothing written yet'],
])('%o is called %s', (parts, title) => expect(postTitle(content(parts))).toBe(title))

it('says what it holds beside its text', () => {
  expect(postExtras(content({}))).toBe('')
  const link = { url: 'https://a.example' }
  const thread = [{ text: 'b', media: [] }]
  expect(postExtras(content({ link, thread, firstComment: 'c' }), ['image', 'gif', 'video'])).toBe(
    '2 pictures, 1 video, a link, 1 more part and a first comment',
  )
  expect(postExtras(content({ poll: { question: '', options: [], minutes: 1 } }), ['document'])).toBe(
    '1 document and a poll',
  )
})

it.each([
  [12, '1 kB'],
  [48_400, '48 kB'],
  [1_240_000, '1.2 MB'],
  [48_400_000, '48 MB'],
  [1_200_000_000, '1.2 GB'],
])('%i bytes are %s', (bytes, words) => expect(fileSize(bytes)).toBe(words))

it.each([
  [900, '0:01'],
  [64_000, '1:04'],
  [3_725_000, '1:02:05'],
])('%i ms are %s', (ms, words) => expect(playTime(ms)).toBe(words))
