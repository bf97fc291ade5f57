/** Who authorized: `GET /2/users/me`, which X bills as one read of a user. Source: docs.x.com OpenAPI 2.167. */
import { type ApiContext, type Identity, need, text } from '../../provider.ts'

export async function identity({ call, scopes }: ApiContext): Promise<Identity> {
  const fields = ['profile_image_url', 'subscription_type', 'verified_type']
  if (scopes.includes('users.email')) fields.push('confirmed_email')
  const { body } = await call({ url: `https://api.x.com/2/users/me?user.fields=${fields.join(',')}` })
  const username = text(body, 'data', 'username')
  return {
    subject: need(text(body, 'data', 'id'), 'X', 'data.id'),
    label: text(body, 'data', 'name') ?? username ?? 'X user',
    handle: username,
    email: text(body, 'data', 'confirmed_email'),
    picture: text(body, 'data', 'profile_image_url'),
    traits: { plan: planOf(text(body, 'data', 'subscription_type'), text(body, 'data', 'verified_type')) },
  }
}

/** Subscribers may write more and post longer videos. Some show as verified alone (xdevplatform/xurl 41): both are asked for. */
function planOf(subscription = 'None', verified = 'none'): string {
  if (subscription !== 'None') return subscription.toLowerCase()
  return verified === 'none' ? 'none' : 'premium'
}

/** Digits, as text: 19 of them are more than a number holds. */
export const subjectFrom = (id: string): string | undefined => (/^\d{1,19}$/.test(id) ? id : undefined)
