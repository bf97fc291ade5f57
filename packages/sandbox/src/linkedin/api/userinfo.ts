import { json } from '../../core/answer.ts'
import { pictureUrl } from '../media/picture.ts'
import { fullName, memberId } from '../people/members.ts'
import { accessDenied } from './errors.ts'
import type { Resource } from './gate.ts'

/** GET /v2/userinfo (Microsoft Learn: sign-in-with-linkedin-v2). Needs `openid`; the rest by scope. */
export const userinfo: Resource = (world, { app, member, has }) => {
  if (!has('openid')) return accessDenied('userinfo.GET.NO_VERSION')
  const { country, language } = member
  const picture = pictureUrl(world, member)
  return json(200, {
    sub: memberId(app.clientId, member.key),
    ...(has('email') && member.email && { email_verified: true }),
    ...(has('profile') && {
      name: fullName(member),
      locale: world.state.settings.locale === 'object' ? { country, language } : `${language}-${country}`,
      given_name: member.firstName,
      family_name: member.lastName,
      ...(picture && { picture }),
    }),
    ...(has('email') && member.email && { email: member.email }),
  })
}
