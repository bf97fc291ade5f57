/** Who authorized, and the one account that it is: `GET /me`, which bears two ids. */
import { type ApiContext, type DiscoveredAccount, type Identity, need, text } from '../../provider.ts'
import { VERSION } from './tokens.ts'

const FIELDS = 'id,user_id,username,name,account_type,profile_picture_url'

async function me({ call, settings }: ApiContext) {
  const url = `https://graph.instagram.com/${settings.API_VERSION ?? VERSION}/me?fields=${FIELDS}`
  const { body } = await call({ url })
  const username = text(body, 'username')
  return {
    // For this app alone: what Meta's callbacks name.
    scoped: need(text(body, 'id'), 'Instagram', 'id'),
    // The professional account's: what is published to.
    account: text(body, 'user_id'),
    label: text(body, 'name') ?? username ?? 'Instagram user',
    username,
    picture: text(body, 'profile_picture_url'),
    type: text(body, 'account_type'),
  }
}

export async function identity(context: ApiContext): Promise<Identity> {
  const { scoped, label, username, picture } = await me(context)
  return { subject: scoped, label, handle: username, picture }
}

const KINDS: Readonly<Record<string, string>> = { BUSINESS: 'Business account', MEDIA_CREATOR: 'Creator account' }

export async function accounts(context: ApiContext): Promise<DiscoveredAccount[]> {
  const { account, label, username, picture, type } = await me(context)
  return [
    {
      kind: 'instagram',
      subject: need(account, 'Instagram', 'user_id'),
      label,
      handle: username,
      picture,
      note: KINDS[type ?? ''] ?? 'Instagram account',
      ...(context.scopes.includes('instagram_business_content_publish')
        ? {}
        : { unusable: 'The permission to post as you is missing.' }),
    },
  ]
}
