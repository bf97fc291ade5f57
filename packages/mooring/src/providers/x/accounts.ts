/** What an X authorization can act as: the person alone. No call is made, for every one is billed. */
import type { ApiContext, DiscoveredAccount, Identity } from '../../provider.ts'

export async function accounts({ scopes }: ApiContext, identity: Identity): Promise<DiscoveredAccount[]> {
  return [
    {
      kind: 'person',
      subject: identity.subject,
      label: identity.label,
      handle: identity.handle,
      picture: identity.picture,
      note: 'Your own profile',
      traits: identity.traits,
      ...(scopes.includes('tweet.write') ? {} : { unusable: 'The permission to post as you is missing.' }),
    },
  ]
}
