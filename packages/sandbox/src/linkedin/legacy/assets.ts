import { json } from '../../core/answer.ts'
import { accessDenied, noEntity } from '../api/errors.ts'
import type { Resource } from '../api/gate.ts'
import { readBody } from '../posts/body.ts'
import { invalidValue } from '../posts/errors.ts'
import type { Shape } from '../posts/shape.ts'
import { mediumForbidden } from '../uploads/errors.ts'
import { ownerOf, UPLOAD_URL_MS, uploadUrl } from '../uploads/initialize.ts'
import { addMedium, statusOf } from '../uploads/medium.ts'

const RECIPE = 'urn:li:digitalmediaRecipe:feedshare-'

const SHAPE: Shape = {
  record: {
    registerUploadRequest: {
      record: {
        recipes: { list: 'String' },
        owner: 'String',
        serviceRelationships: { list: 'any' },
        supportedUploadMechanism: { list: 'String' },
      },
      required: ['recipes', 'owner', 'serviceRelationships'],
    },
  },
  required: ['registerUploadRequest'],
}

interface Body {
  registerUploadRequest: { recipes: string[]; owner: string }
}

/** POST /v2/assets?action=registerUpload: one address, for the file in one piece (Microsoft Learn: vector-asset-api). */
export const registerUpload: Resource = (world, caller, ask) => {
  const resource = 'assets.ACTION-registerUpload.NO_VERSION'
  if (!caller.has('w_member_social', 'w_organization_social')) return accessDenied(resource)
  const read = readBody<Body>(ask, SHAPE)
  if ('refused' in read) return read.refused
  const { recipes, owner } = read.body.registerUploadRequest
  const kind = (['image', 'video'] as const).find((one) => recipes.length === 1 && recipes[0] === `${RECIPE}${one}`)
  if (!kind) return invalidValue('registerUploadRequest/recipes')
  const allowed = ownerOf(world, caller, kind, owner, 'registerUploadRequest/owner', resource)
  if ('refused' in allowed) return allowed.refused
  const urlsEndAt = world.clock.now() + UPLOAD_URL_MS
  const whose = { owner: allowed.author, clientId: caller.app.clientId, member: caller.member.key }
  const { urn, key } = addMedium(world.state, { kind, ...whose, urlsEndAt, plan: null }, 'digitalmediaAsset')
  const artifact = `feedshare-uploaded${kind === 'image' ? 'Image' : 'Video'}`
  return json(200, {
    value: {
      uploadMechanism: {
        'com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest': {
          headers: { 'media-type-family': kind === 'image' ? 'STILLIMAGE' : 'VIDEO' },
          uploadUrl: uploadUrl(`${kind}-asset`, key, '0'),
        },
      },
      mediaArtifact: `urn:li:digitalmediaMediaArtifact:(${urn},urn:li:digitalmediaMediaArtifactClass:${artifact})`,
      asset: urn,
    },
  })
}

const STATUS = {
  WAITING_UPLOAD: 'WAITING_UPLOAD',
  PROCESSING: 'PROCESSING',
  PROCESSING_FAILED: 'CLIENT_ERROR',
  AVAILABLE: 'AVAILABLE',
} as const

/** GET /v2/assets/{id}: how far a file is, recipe by recipe. */
export const assetStatus: Resource = (world, caller, ask) => {
  if (!caller.has('w_member_social', 'w_organization_social')) return accessDenied('assets.GET.NO_VERSION')
  const key = (ask.params.id ?? '').replace(/^urn:li:digitalmediaAsset:/, '')
  const medium = world.state.media.get(`urn:li:digitalmediaAsset:${key}`)
  if (!medium) return noEntity()
  if (medium.clientId !== caller.app.clientId || medium.member !== caller.member.key)
    return mediumForbidden(medium.kind)
  const status = STATUS[statusOf(medium, world.clock.now())]
  return json(200, {
    id: key,
    status: 'ALLOWED',
    recipes: [{ recipe: `${RECIPE}${medium.kind}`, status }],
    serviceRelationships: [{ relationshipType: 'OWNER', identifier: 'urn:li:userGeneratedContent' }],
  })
}
