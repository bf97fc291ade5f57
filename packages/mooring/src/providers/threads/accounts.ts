/** Who authorized, and the one account that it is: `GET /v1.0/me` (threads/overview). */
import { type ApiContext, type DiscoveredAccount, type Identity, need, text } from '../../provider.ts'

const URL = 'https://graph.threads.net/v1.0/me?fields=id,username,name,threads_profile_picture_url'

export async function identity({ call }: ApiContext): Promise<Identity> {
  const { body } = await call({ url: URL })
  const username = text(body, 'username')
  return {
    subject: need(text(body, 'id'), 'Threads', 'id'),
    label: text(body, 'name') ?? username ?? 'Threads user',
    handle: username,
    picture: text(body, 'threads_profile_picture_url'),
  }
}

export async function accounts({ scopes }: ApiContext, identity: Identity): Promise<DiscoveredAccount[]> {
  return [
    {
      kind: 'profile',
      subject: identity.subject,
      label: identity.label,
      handle: identity.handle,
      picture: identity.picture,
      note: 'Your own profile',
      ...(scopes.includes('threads_content_publish') ? {} : { unusable: 'The permission to post as you is missing.' }),
    },
  ]
}
