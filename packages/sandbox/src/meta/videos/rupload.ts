import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { fetchMedia } from '../../graph/media/fetch.ts'
import { newUpload, notAuthorized, numberIn, oauthToken, processingFailed, receive } from '../../graph/media/upload.ts'
import { proofOf } from '../../graph/params.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Video } from '../posts/book.ts'
import { appOf, deathOf, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { LARGEST_VIDEO, process } from './video.ts'

/** A token that lives, with its proof and permissions; this host knows no `access_token` parameter. */
export function tokenHere({ state, clock }: World, ask: Ask, permissions: readonly string[]): Token | undefined {
  const token = state.tokens.get(oauthToken(ask) ?? '')
  if (!token || deathOf(state, token, clock.now()) !== undefined) return undefined
  const grant = state.grants.get(token.grant)
  const app = appOf(state, grant?.clientId)
  if (!grant || !app || permissions.some((one) => !grant.granted.includes(one))) return undefined
  const proof = field(ask.query, 'appsecret_proof')
  const isProven = proof === undefined ? !app.requireProof : proof === proofOf(app.clientSecret, token.token)
  return isProven ? token : undefined
}

/** `POST rupload.facebook.com/video-upload/{version}/{video}`: bytes of a reel or a story, or the address of them. */
export async function uploadReel(world: World, ask: Ask): Promise<Answer> {
  const { state } = world
  const token = tokenHere(world, ask, ['pages_read_engagement', 'pages_manage_posts'])
  const video = state.pages.videos.get(ask.params.id ?? '')
  if (!token || !video || video.kind === 'video' || video.page !== token.page) return notAuthorized()
  if (video.readyAt !== null || video.deleted) return processingFailed()
  const hosted = ask.headers.get('file_url')
  return hosted === null ? sent(world, video, ask) : fetched(world, video, ask, hosted)
}

async function sent({ state, clock }: World, video: Video, ask: Ask): Promise<Answer> {
  const { uploads } = state.pages
  const upload = uploads.get(video.id) ?? newUpload()
  uploads.set(video.id, upload)
  const refusal = await receive(upload, ask, LARGEST_VIDEO)
  if (refusal) return refusal
  uploads.delete(video.id)
  process(state, video, upload.reader.end().file, clock.now())
  return json(200, { success: true })
}

async function fetched({ state, clock }: World, video: Video, ask: Ask, url: string): Promise<Answer> {
  if (state.settings.hostedOffset === 'required') {
    const missing = [numberIn(ask, 'offset'), numberIn(ask, 'file_size')].find(isAnswer)
    if (missing) return missing
  }
  const read = await fetchMedia(url, { most: LARGEST_VIDEO, timeoutMs: state.settings.fetchMs })
  if (typeof read === 'string' || video.readyAt !== null) return processingFailed()
  process(state, video, read.file, clock.now())
  return json(200, { success: true })
}
