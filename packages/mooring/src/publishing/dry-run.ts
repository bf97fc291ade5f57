/** The exact requests that would leave, without sending any: the machine of steps, walked by what each step would assume. Pure, but for the check. */
import type { Progress, PublishRequest } from '../provider-publishing.ts'
import type { StoredContent, StoredTarget } from '../store/schema-posts.ts'
import { type Checked, check, isRefused } from './check.ts'
import type { Publishing } from './publishing.ts'

export interface ShownRequest {
  name: string
  method: string
  url: string
  headers: Record<string, string>
  body: string | null
  /** Others will see what it does. */
  publishes: boolean
}

/** A machine that never ends is a mistake of the provider's. */
const MOST = 2000

export async function dryRun(
  publishing: Publishing,
  workspace: string,
  content: StoredContent,
  targets: readonly StoredTarget[],
): Promise<{ checked: Checked[]; requests: { accountId: string; steps: ShownRequest[] }[] }> {
  const checked = await check(publishing, workspace, content, targets)
  const now = publishing.engine.runtime.now()
  const requests = checked
    .filter((one) => !isRefused(one))
    .map((one) => ({ accountId: one.accountId, steps: walk(one, now) }))
  return { checked, requests }
}

function walk({ acting, content }: Checked, now: number): ShownRequest[] {
  const shown: ShownRequest[] = []
  if (!acting) return shown
  let progress: Progress = {}
  for (let count = 0; count < MOST; count += 1) {
    const step = acting.publisher.next(content, acting.as, progress, now)
    if (step.do === 'done' || step.do === 'fail') return shown
    if (step.do === 'call')
      shown.push({ ...requestShown(step.request), name: step.name, publishes: step.create !== undefined })
    progress = { ...progress, ...step.assume }
  }
  return shown
}

/** As it would leave, without the token. Files are named, not shown. */
export function requestShown({ method, url, headers = {}, body, authorization = 'Bearer' }: PublishRequest) {
  const type = body === undefined ? {} : { 'content-type': typeOf(body) }
  const shown = authorization === 'none' ? {} : { authorization: `${authorization} [redacted]` }
  return { method, url, headers: { ...type, ...headers, ...shown }, body: bodyShown(body) }
}

const typeOf = (body: NonNullable<PublishRequest['body']>): string =>
  'json' in body
    ? 'application/json'
    : 'form' in body
      ? 'application/x-www-form-urlencoded'
      : 'multipart' in body
        ? 'multipart/form-data'
        : 'application/octet-stream'

function bodyShown(body: PublishRequest['body']): string | null {
  if (body === undefined) return null
  if ('json' in body) return JSON.stringify(body.json, null, 2)
  if ('form' in body) return new URLSearchParams(body.form).toString()
  const range = ({ from, to }: { from?: number; to?: number }) =>
    from === undefined && to === undefined ? '' : `, bytes ${from ?? 0} to ${to === undefined ? 'the end' : to - 1}`
  if ('bytes' in body) return `[file ${body.bytes.media}${range(body.bytes)}]`
  return body.multipart
    .map(({ name, value, media }) =>
      media ? `${name}=[file ${media.fileName}${range(media)}]` : `${name}=${value ?? ''}`,
    )
    .join('\n')
}
