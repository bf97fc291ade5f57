/** What every publisher must be, whatever its platform: the machine ends, repeats itself, stays at its own hosts, and tells no secret. */
import { describe, expect, it } from 'vitest'
import type { OAuthProvider, Provider } from '../../src/provider.ts'
import type {
  Features,
  PostContent,
  PostMedia,
  Progress,
  PublishAs,
  Publisher,
  Step,
} from '../../src/provider-publishing.ts'
import { providers } from '../../src/providers/index.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')
const publishing = (providers as readonly Provider[]).filter(
  (one): one is OAuthProvider & { publishing: Publisher } => one.publishing !== undefined,
)

const file = (id: string, parts: Partial<PostMedia> = {}): PostMedia => ({
  ...{ id, kind: 'image', mime: 'image/jpeg', fileName: `${id}.jpg`, bytes: 200_000, width: 1200, height: 1000 },
  alt: 'A harbour at dawn',
  ...parts,
})
const video = file('v', {
  ...{ kind: 'video', mime: 'video/mp4', fileName: 'v.mp4', bytes: 9_000_000, width: 720, height: 1280 },
  ...{ durationMs: 20_000, framesPerSecond: 30, videoCodec: 'avc', audioCodec: 'aac', alt: undefined },
})
const paper = file('d', {
  kind: 'document',
  mime: 'application/pdf',
  fileName: 'd.pdf',
  pages: 3,
  title: 'Paper',
  alt: undefined,
})
const content = (parts: Partial<PostContent> = {}): PostContent => ({
  ...{ text: 'Hello from the harbour', media: [], thread: [], visibility: 'public', format: 'feed', mentions: [] },
  ...parts,
})

function asOf(provider: Provider, kind: string): PublishAs {
  const app = provider.apps.at(-1)
  const settings = Object.fromEntries(provider.settings.map((one) => [one.name, one.default]))
  return {
    account: {
      kind,
      subject: kind === 'organization' ? 'urn:li:organization:1' : kind === 'person' ? 'urn:li:person:a' : '1789',
      label: 'Mara',
      handle: 'mara',
    },
    traits: {},
    scopes: [...new Set([...provider.apps.flatMap((one) => one.scopes), ...Object.keys(provider.scopes.info)])],
    settings,
    app: app?.id ?? '',
    mediaUrl: ({ id }) => `https://media.example.com/${id}`,
    fetchable: true,
  }
}

/** A post of each kind that these features let through. */
function kinds(features: Features): [string, PostContent][] {
  const base = features.needsMedia ? { media: [file('a')] } : {}
  const { poll } = features
  return [
    ...(features.needsMedia ? [] : [['text', content()] as [string, PostContent]]),
    ...(features.images > 0 ? [['a picture', content({ media: [file('a')] })] as [string, PostContent]] : []),
    ...(features.images > 1
      ? [['two pictures', content({ media: [file('a'), file('b')] })] as [string, PostContent]]
      : []),
    ...(features.videos > 0
      ? [
          ['a video', content({ media: [video], format: features.formats.includes('reel') ? 'reel' : 'feed' })] as [
            string,
            PostContent,
          ],
        ]
      : []),
    ...(features.documents > 0 ? [['a document', content({ media: [paper] })] as [string, PostContent]] : []),
    ...(features.link !== 'none'
      ? [['a link', content({ link: { url: 'https://example.com/a', title: 'A' } })] as [string, PostContent]]
      : []),
    ...(features.thread
      ? [
          [
            'a thread',
            content({
              thread: [
                { text: 'Two', media: [] },
                { text: 'Three', media: [] },
              ],
            }),
          ] as [string, PostContent],
        ]
      : []),
    ...(features.firstComment
      ? [['a first comment', content({ ...base, firstComment: 'First' })] as [string, PostContent]]
      : []),
    ...(features.formats.includes('story')
      ? [
          ['a story', content({ text: '', media: [file('a', { width: 1080, height: 1920 })], format: 'story' })] as [
            string,
            PostContent,
          ],
        ]
      : []),
    ...(poll
      ? [
          [
            'a poll',
            content({
              poll: {
                question: 'Which?',
                options: ['One', 'Two'],
                minutes: 'least' in poll.minutes ? poll.minutes.least : (poll.minutes[0] ?? 0),
              },
            }),
          ] as [string, PostContent],
        ]
      : []),
  ]
}

/** Walks as a dry run does; returns the steps. */
function walk(publisher: Publisher, said: PostContent, as: PublishAs): Step[] {
  const steps: Step[] = []
  let progress: Progress = {}
  for (let count = 0; count < 500; count += 1) {
    const step = publisher.next(said, as, progress, NOW)
    expect(JSON.stringify(publisher.next(said, as, progress, NOW))).toBe(JSON.stringify(step))
    steps.push(step)
    if (step.do === 'done' || step.do === 'fail') return steps
    progress = { ...progress, ...step.assume }
  }
  throw new Error('it does not end')
}

const cases = publishing.flatMap((provider) =>
  provider.publishing.kinds.flatMap((kind) => {
    const as = asOf(provider, kind)
    return kinds(provider.publishing.features(as)).map(([name, said]) => ({ provider, kind, name, said, as }))
  }),
)

it('there are publishers to try', () => expect(publishing.length).toBeGreaterThan(0))

describe.each(cases)('$provider.id, as a $kind: $name', ({ provider, said, as }) => {
  const { publishing: publisher } = provider

  it('passes its own check', () => {
    expect(publisher.check(said, as).issues.filter((one) => one.severity === 'error')).toEqual([])
    for (const { used, limit } of publisher.check(said, as).counters) expect(used).toBeLessThanOrEqual(limit)
  })

  it('ends, publishes, and says each time the same', () => {
    const steps = walk(publisher, said, as)
    expect(steps.at(-1)?.do).toBe('done')
    const creates = steps.flatMap((step) => (step.do === 'call' && step.create ? [step.create] : []))
    expect(creates.filter((one) => !one.optional)).toHaveLength(1 + said.thread.length)
    expect(new Set(creates.map((one) => one.part)).size).toBe(creates.length)
  })

  it('asks nobody but its own hosts, over https, and puts no token anywhere', () => {
    const allowed = [...provider.apiOrigins, ...(publisher.uploadOrigins ?? [])]
    for (const step of walk(publisher, said, as)) {
      if (step.do !== 'call' || step.request.url.startsWith('<')) continue
      expect(allowed).toContain(new URL(step.request.url).origin)
      const names = Object.keys(step.request.headers ?? {}).map((name) => name.toLowerCase())
      expect(names).not.toContain('authorization')
      expect(step.request.url).not.toMatch(/access_token/)
    }
  })

  it('is refused where the permission to post is missing', () => {
    const without = { ...as, scopes: [] }
    expect(publisher.check(said, without).issues.some((one) => one.severity === 'error' && one.at === 'account')).toBe(
      true,
    )
  })

  it('is refused where the text is too long', () => {
    const { limit } = publisher.features(as).text
    const long = { ...said, text: 'x'.repeat(limit + 1) }
    if (said.format === 'story') return
    expect(publisher.check(long, as).issues.some((one) => one.severity === 'error' && one.at === 'text')).toBe(true)
  })
})

describe.each(publishing)('$id', ({ publishing: publisher }) => {
  it.each([400, 401, 403, 404, 409, 422, 429, 500, 502, 503])('judges %i without a body, with a sentence', (status) => {
    const answer = { status, headers: new Headers(), body: undefined }
    for (const create of [true, false]) {
      const fault = publisher.judge(answer, { endpoint: 'POST /x', create }, NOW)
      expect(fault.message).toMatch(/[.!?]$/)
      if (status === 429) expect(fault.class).toBe('rate')
      if (status === 401) expect(fault.class).toBe('auth')
    }
  })
})
