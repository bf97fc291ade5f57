/** Who authorized: OpenID's userinfo. The `sub` and never the address, which can change hands. */
import { type ApiContext, type Identity, need, text } from '../../provider.ts'

export async function identity({ call }: ApiContext): Promise<Identity> {
  const { body } = await call({ url: 'https://openidconnect.googleapis.com/v1/userinfo' })
  const email = text(body, 'email')
  return {
    subject: need(text(body, 'sub'), 'Google', 'sub'),
    label: text(body, 'name') ?? email ?? 'Google account',
    email,
    picture: text(body, 'picture'),
  }
}

/** Digits, as text: 21 of them are more than a number holds. */
export const subjectFrom = (id: string): string | undefined => (/^\d{15,25}$/.test(id) ? id : undefined)
