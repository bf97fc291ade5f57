import { json } from '../../core/answer.ts'
import { derived } from '../../core/ids.ts'
import { pictureUrl } from '../media/picture.ts'
import { type Member, memberId } from '../people/members.ts'
import { accessDenied, parameterInvalid, parameterNotAllowed } from './errors.ts'
import type { Resource } from './gate.ts'
import { project, readProjection } from './projection.ts'
import { single, unknownParameter } from './restli.ts'
import { decorator } from './streams.ts'

function profile(clientId: string, member: Member): Record<string, unknown> {
  const { country, language } = member
  const localized = (value: string) => ({
    localized: { [`${language}_${country}`]: value },
    preferredLocale: { country, language },
  })
  return {
    localizedLastName: member.lastName,
    ...(member.picture && {
      profilePicture: { displayImage: `urn:li:digitalmediaAsset:${derived(20, 'picture', member.key)}` },
    }),
    firstName: localized(member.firstName),
    vanityName: member.vanityName,
    lastName: localized(member.lastName),
    localizedHeadline: member.headline,
    id: memberId(clientId, member.key),
    headline: localized(member.headline),
    localizedFirstName: member.firstName,
  }
}

/** GET /v2/me: `r_basicprofile` or the old `r_liteprofile`; an OpenID token is refused (linkedin-api-js-client issue 35). */
export const me: Resource = (world, { app, member, query, has }) => {
  if (!has('r_basicprofile', 'r_liteprofile')) return accessDenied('me.GET.NO_VERSION')
  const stray = unknownParameter(query, ['projection', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const whole = profile(app.clientId, member)
  const asked = single(query, 'projection')
  if (asked === undefined) return json(200, whole)
  const wanted = readProjection(asked)
  if (!wanted) return parameterInvalid('projection')
  const { throttledDecoration } = world.state.settings
  return json(200, project(whole, wanted, decorator(pictureUrl(world, member) ?? '', 100, throttledDecoration)))
}
