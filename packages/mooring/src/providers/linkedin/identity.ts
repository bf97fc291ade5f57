/** Who authorized: `userinfo` where the app has openid, `/v2/me` where it has not (Community Management apps cannot). */
import { type ApiContext, type Identity, need, text } from '../../provider.ts'

export async function identity({ call, scopes }: ApiContext): Promise<Identity> {
  return scopes.includes('openid') ? fromUserinfo(call) : fromMe(call)
}

/** A person's id or URN: the same id in `sub`, `/v2/me` and `urn:li:person:`. Ids of organizations are digits alone. */
export function subjectFrom(id: string): string | undefined {
  const found = /^(?:urn:li:person:)?([A-Za-z0-9_-]{6,40})$/.exec(id)?.[1]
  return found === undefined || /^\d+$/.test(found) ? undefined : found
}

async function fromUserinfo(call: ApiContext['call']): Promise<Identity> {
  const { body } = await call({ url: 'https://api.linkedin.com/v2/userinfo' })
  const names = [text(body, 'given_name'), text(body, 'family_name')].filter((name) => name !== undefined)
  return {
    subject: need(text(body, 'sub'), 'LinkedIn', 'sub'),
    label: text(body, 'name') ?? (names.join(' ') || 'LinkedIn member'),
    email: text(body, 'email'),
    picture: text(body, 'picture'),
  }
}

async function fromMe(call: ApiContext['call']): Promise<Identity> {
  const { body } = await call({
    url: 'https://api.linkedin.com/v2/me',
    headers: { 'X-Restli-Protocol-Version': '2.0.0' },
  })
  const names = [text(body, 'localizedFirstName'), text(body, 'localizedLastName')].filter((name) => name !== undefined)
  return {
    subject: need(text(body, 'id'), 'LinkedIn', 'id'),
    label: names.join(' ') || 'LinkedIn member',
    handle: text(body, 'vanityName'),
  }
}
