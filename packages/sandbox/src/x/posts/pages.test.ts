import { describe, expect, it } from 'vitest'
import { sampleGif } from '../../core/samples.ts'
import { WWW } from '../origins.ts'
import { xKit } from '../testing.ts'
import { GIF, picture, ready } from '../upload/upload-testing.ts'

const k = xKit()
const page = async (path: string) => {
  const answer = await fetch(`${k.sandbox.origins[WWW]}${path}`)
  return { status: answer.status, html: await answer.text(), policy: answer.headers.get('content-security-policy') }
}

describe('the page behind a permalink', () => {
  it('shows the text, who and when, and the pictures with their alt text', async () => {
    const access = await k.token()
    const [one, two] = [await picture(k, access, 1), await ready(k, access, sampleGif(2), GIF)]
    await k.send('POST', '/2/media/metadata', access, { id: one, metadata: { alt_text: { text: 'A "blue" cup' } } })
    const first = await k.posted(access, { text: 'Look at <this>: example.com', media: { media_ids: [one] } })
    const second = await k.posted(access, {
      text: 'And it turns',
      media: { media_ids: [two] },
      reply: { in_reply_to_tweet_id: first },
      made_with_ai: true,
    })
    const shown = await page(`/maralindqvist/status/${first}`)
    expect(shown.status).toBe(200)
    for (const text of [
      'Look at &lt;this&gt;: example.com',
      'Mara Lindqvist',
      '@maralindqvist',
      '2026-11-21 12:00 UTC',
      'alt="A &quot;blue&quot; cup"',
      'And it turns',
    ])
      expect(shown.html).toContain(text)
    const source = new RegExp(`src="([^"]+/media/3_${one})"`).exec(shown.html)?.[1] ?? ''
    expect(shown.policy).toContain(new URL(source).origin)
    expect((await fetch(source)).headers.get('content-type')).toBe('image/png')
    const reply = (await page(`/i/status/${second}`)).html
    for (const text of ['Replying to', 'no alt text', 'Made with AI', `/media/16_${two}`]) expect(reply).toContain(text)
  })

  it('is not there for what is not, and shows no picture that is none', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Oops' })
    await k.remove(access, id)
    for (const path of [`/maralindqvist/status/${id}`, '/i/status/1', '/nobody'])
      expect((await page(path)).status).toBe(404)
    const media = k.sandbox.origins['https://pbs.twimg.com']
    for (const key of ['3_1', 'x', '3']) expect((await fetch(`${media}/media/${key}`)).status).toBe(404)
  })

  it('shows a poll, and a user’s last posts, edited ones once', async () => {
    const access = await k.token()
    await k.posted(access, { text: 'Tea?', poll: { options: ['Yes', 'Of course'], duration_minutes: 5 } })
    const first = await k.posted(access, { text: 'Tpyo' })
    await k.posted(access, { text: 'Typo', edit_options: { previous_post_id: first } })
    const { html } = await page('/MaraLindqvist')
    for (const text of ['Of course', 'Typo', ', edited']) expect(html).toContain(text)
    expect(html).not.toContain('Tpyo')
    expect((await page('/tbrandl')).html).toContain('Nothing posted yet.')
  })
})
