/** The properties that this account may read. Source: protos, google/analytics/admin/v1beta, `ListAccountSummaries`. */
import { type ApiContext, type DiscoveredAccount, list, text } from '../../provider.ts'
import { READS } from './scopes.ts'

/** A larger one is clamped by Google. */
const PAGE_SIZE = 200
/** A list that never ends is given up after so many. */
const MOST_PAGES = 200

const KINDS: Readonly<Record<string, string>> = {
  PROPERTY_TYPE_SUBPROPERTY: 'Subproperty',
  PROPERTY_TYPE_ROLLUP: 'Roll-up property',
}

export async function accounts({ call, scopes }: ApiContext): Promise<DiscoveredAccount[]> {
  if (!READS.some((scope) => scopes.includes(scope))) return []
  const found = new Map<string, DiscoveredAccount>()
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const more = token === undefined ? '' : `&pageToken=${encodeURIComponent(token)}`
    const { body } = await call({
      url: `https://analyticsadmin.googleapis.com/v1beta/accountSummaries?pageSize=${PAGE_SIZE}${more}`,
    })
    // Empty fields are left out: no accounts at all is `{}`.
    for (const account of list(body, 'accountSummaries'))
      for (const one of list(account, 'propertySummaries')) {
        const property = asAccount(account, one)
        if (property) found.set(property.subject, property)
      }
    const next = text(body, 'nextPageToken')
    if (next === undefined || next === token) break
    token = next
  }
  return [...found.values()]
}

function asAccount(account: unknown, property: unknown): DiscoveredAccount | undefined {
  const subject = text(property, 'property')
  if (subject === undefined || !/^properties\/\d+$/.test(subject)) return undefined
  const owner = text(account, 'displayName') ?? text(account, 'account') ?? ''
  const kind = KINDS[text(property, 'propertyType') ?? '']
  return {
    kind: 'property',
    subject,
    label: text(property, 'displayName') ?? subject,
    handle: subject.slice('properties/'.length),
    note: kind === undefined ? owner : `${owner}, ${kind.toLowerCase()}`,
  }
}
