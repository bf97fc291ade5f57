/** `mooring post`: say something now, later, or not at all (`--dry-run`). */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { MooringError } from '../../error.ts'
import type { Client } from '../client.ts'
import { EXIT } from '../exit.ts'
import type { Terminal } from '../terminal.ts'
import { accountsNamed, outcome, type Post, PostShape, wallTimeOf, whatLeaves, whatStands } from './post-words.ts'

interface Options {
  to: string[]
  text?: string
  media?: string[]
  alt?: string[]
  link?: string
  at?: string
  slot?: boolean
  draft?: boolean
  dryRun?: boolean
  wait: boolean
}

/** A video may take minutes at the platform. */
const WAIT_MS = 10 * 60_000
const LOOK_MS = 500

export function postCommand({ program, asJson, show, withClient }: Terminal): void {
  program
    .command('post')
    .description('publish as one or more accounts, now or at a time')
    .requiredOption('--to <account...>', 'ids of accounts, or names like linkedin:mara')
    .option('--text <text>', 'what to say; - reads it from the input')
    .option('--media <file...>', 'pictures, a video or a document')
    .option('--alt <words...>', 'for those who cannot see them, in the order of the files')
    .option('--link <address>', 'a link with its card')
    .option('--at <time>', 'like "2026-12-01 09:00 Europe/Rome"; without a zone, the workspace\'s')
    .option('--slot', 'in the next free slot of the week')
    .option('--draft', 'keep it as a draft')
    .option('--dry-run', 'print the exact requests that would leave, and send none')
    .option('--no-wait', 'do not wait until it is out')
    .action((options: Options) =>
      withClient(async (client) => {
        const when = await whenOf(client, options)
        const post = await draft(client, options)
        if (options.dryRun) {
          const answer = await client.call('POST', '/posts/dry-run', post)
          const ran = whatLeaves(answer)
          show(answer, () => ran.text)
          if (!ran.ok) process.exitCode = EXIT.failed
          return
        }
        const made = PostShape.parse(await client.call('POST', '/posts', { ...post, when }))
        const now = when.how === 'now'
        const settled = now && options.wait && client.served ? await untilSettled(client, made) : made
        const note = now && !client.served ? 'No server runs: it goes out as soon as one is started.' : undefined
        show(settled, () => [whatStands(settled), ...(note ? [note] : [])].join('\n'))
        if (!asJson() && made.deliveries.some((one) => one.state === 'skipped')) process.exitCode = EXIT.failed
        process.exitCode = outcome(settled) ?? process.exitCode
      }),
    )
}

async function draft(client: Client, options: Options) {
  const targets = await accountsNamed(client, options.to)
  const media: { id: string; alt?: string }[] = []
  for (const [place, path] of (options.media ?? []).entries()) {
    const { id } = z.object({ id: z.string() }).parse(await client.upload(path))
    const alt = options.alt?.[place]
    media.push({ id, ...(alt === undefined ? {} : { alt }) })
  }
  const text = options.text === '-' ? await input() : (options.text ?? '')
  const link = options.link === undefined ? {} : { link: { url: options.link } }
  return { content: { text, media, ...link }, targets: targets.map((accountId) => ({ accountId })) }
}

async function whenOf(client: Client, { at, slot, draft }: Options) {
  if ([at !== undefined, slot, draft].filter(Boolean).length > 1)
    throw new MooringError('invalid_request', 'Choose one of --at, --slot and --draft.')
  if (draft) return { how: 'draft' as const }
  if (slot) return { how: 'slot' as const }
  if (at === undefined) return { how: 'now' as const }
  const zone = async () => z.object({ zone: z.string() }).parse(await client.call('GET', '/publishing/settings')).zone
  return { how: 'at' as const, at: await wallTimeOf(at, zone) }
}

async function input(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8').replace(/\n$/, '')
}

async function untilSettled(client: Client, post: Post): Promise<Post> {
  const end = Date.now() + WAIT_MS
  let now = post
  while (now.state === 'publishing' && Date.now() < end) {
    await sleep(LOOK_MS)
    now = PostShape.parse(await client.call('GET', `/posts/${post.id}`))
  }
  return now
}
