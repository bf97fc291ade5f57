import {
  type At,
  clock,
  count,
  longDate,
  longWall,
  moment,
  Picture,
  type Post,
  postExtras,
  timeOf,
  usePublishingSettings,
  wallOf,
  zoneName,
} from '@mooring/react'
import type { ReactNode } from 'react'
import { useNow } from '../../app/use-now.ts'
import { Card } from '../../ui/card.tsx'
import { CopyField } from '../../ui/copy-field.tsx'

/** What it says, and the facts about it. */
export function Side({ post }: { post: Post }) {
  const now = useNow()
  const { content, media, createdBy, createdAt, dueAt } = post
  const at = useWall(post)
  const first = media.find((item) => item.id === content.media[0]?.id) ?? media.find((item) => item.preview !== null)
  const extras = postExtras(content, kindsOf(post))
  return (
    <Card aria-label="The post" className="overflow-clip">
      {first && (
        <div className="relative aspect-[1.6] bg-raised [&_:is(img,video)]:size-full [&_:is(img,video)]:object-cover">
          <Picture item={first} />
        </div>
      )}
      <p className="line-clamp-6 border-b border-line px-3.5 py-3 text-ui whitespace-pre-wrap wrap-anywhere">
        {content.text === '' ? <span className="text-ink-2">No text</span> : content.text}
      </p>
      <dl className="grid gap-2.5 px-3.5 py-3 text-caption">
        {at && <Fact name={timeName(post, now)}>{longWall(at)}</Fact>}
        {at && <Fact name="Time zone">{zoneName(at.zone)}</Fact>}
        {at && dueAt !== null && timeOf(at) !== clock(dueAt) && <Fact name="On your clock">{moment(dueAt, now)}</Fact>}
        <Fact name="Written by">{createdBy}</Fact>
        <Fact name="Made">
          <time dateTime={createdAt} title={longDate(createdAt)}>
            {moment(createdAt, now)}
          </time>
        </Fact>
        {extras !== '' && <Fact name="With">{extras}</Fact>}
        {content.media.length > 0 && <Fact name="Alt text">{altWords(post)}</Fact>}
        <div>
          <dt className="mb-1 text-ink-2">Post id</dt>
          <dd>
            <CopyField value={post.id} label="Copy the post’s id" />
          </dd>
        </div>
      </dl>
    </Card>
  )
}

/** Its time may pass with nothing sent: where a connection waits for a person, or all was refused. */
export function timeName({ dueAt, deliveries }: Pick<Post, 'dueAt' | 'deliveries'>, now: number): string {
  if (deliveries.some((one) => one.publishedAt !== null)) return 'Went out'
  return dueAt !== null && Date.parse(dueAt) < now ? 'Was due' : 'Goes out'
}

/** As it was chosen; what was sent at once was chosen on no clock, and stands on the workspace's. */
function useWall({ at, dueAt }: Post): At | null {
  const { data } = usePublishingSettings()
  return at?.zone === 'UTC' && dueAt !== null && data ? wallOf(dueAt, data.zone) : at
}

const kindsOf = ({ content, media }: Post): string[] =>
  content.media.flatMap((use) => media.find((item) => item.id === use.id)?.kind ?? [])

function altWords({ content }: Post): string {
  const without = content.media.filter((use) => (use.alt ?? '') === '').length
  return without === 0 ? 'on all' : `missing on ${count(without, 'file')}`
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="flex-none text-ink-2">{name}</dt>
      <dd className="min-w-0 text-right font-medium wrap-anywhere">{children}</dd>
    </div>
  )
}
