/** Who authorized: `GET /me`. The id is the person's for this app alone, and the same that Meta's callbacks name. */
import { type ApiContext, type Identity, need, text } from '../../provider.ts'
import { graph } from './graph.ts'

export async function identity({ call, scopes, settings }: ApiContext): Promise<Identity> {
  const fields = ['id', 'name', 'picture.type(large)', ...(scopes.includes('email') ? ['email'] : [])]
  const { body } = await call({ url: `${graph(settings, 'me')}?fields=${fields.join(',')}` })
  return {
    subject: need(text(body, 'id'), 'Facebook', 'id'),
    label: text(body, 'name') ?? 'Facebook user',
    email: text(body, 'email'),
    picture: text(body, 'picture', 'data', 'url'),
  }
}
