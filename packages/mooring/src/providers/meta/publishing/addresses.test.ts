/** What people paste, and which post it is. */
import { expect, it } from 'vitest'
import { publishing as instagram } from '../../instagram/publishing.ts'
import { publishing } from './index.ts'

const FB = 'https://www.facebook.com'

it.each([
  ['61550000001001_122100', '61550000001001_122100', `${FB}/61550000001001_122100`],
  [`${FB}/61550000001001_122100`, '61550000001001_122100', undefined],
  [`${FB}/61550000001001/posts/122100/`, '61550000001001_122100', undefined],
  [`${FB}/61550000001001/posts/a-title/122100`, '61550000001001_122100', undefined],
  [`${FB}/permalink.php?story_fbid=122100&id=61550000001001`, '61550000001001_122100', undefined],
  [`${FB}/reel/900900/`, '900900', undefined],
  [`${FB}/northwind/videos/900900/`, '900900', undefined],
  [`${FB}/watch/?v=900900`, '900900', undefined],
  ['https://m.facebook.com/61550000001001/posts/122100', '61550000001001_122100', undefined],
  [`${FB}/northwind/posts/pfbid0abc`, '', undefined],
  [`${FB}/share/p/abc`, '', undefined],
  ['https://www.instagram.com/p/DM_R9qFiIjp/', '', undefined],
  ['https://instagram.com/northwind.studio/reel/DM-8A_1/?igsh=1', '', undefined],
  ['https://www.instagram.com/stories/northwind.studio/181', '', undefined],
])('%s is a post', (pasted, id, url) => {
  expect(publishing.idFrom?.(pasted)).toEqual({ id, url: url ?? pasted })
})

it.each([
  'hello',
  '',
  '12_34',
  'see 61550000001001_122100',
  FB,
  `http://www.facebook.com/61550000001001_122100`,
  'https://facebook.com.evil.example/61550000001001_122100',
  'https://evil.example/61550000001001_122100',
  'https://notfacebook.com/61550000001001_122100',
  'https://notinstagram.com/p/DM_R9qFiIjp/',
  'https://evil.example/?u=https://www.facebook.com/61550000001001_122100',
  'https://www.instagram.com/northwind.studio/',
  'https://www.instagram.com.evil.example/p/DM_R9qFiIjp/',
  'javascript:alert(1)',
])('%s is none', (pasted) => {
  expect(publishing.idFrom?.(pasted)).toBeUndefined()
})

it('Instagram’s own sign-in takes its own addresses alone', () => {
  expect(instagram.idFrom?.('https://www.instagram.com/p/DM_R9qFiIjp/')).toMatchObject({ id: '' })
  expect(instagram.idFrom?.(`${FB}/61550000001001_122100`)).toBeUndefined()
})
