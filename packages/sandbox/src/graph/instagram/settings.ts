import { z } from 'zod'

const ms = z.number().int().nonnegative()

/** How Instagram's publishing behaves where documents contradict each other or say nothing; the same at both hosts. */
export const publishSettingsShape = {
  /** Posts of an account in 24 hours. The guide says 100, the reference 50, old code 25. */
  postsPerDay: z.number().int().nonnegative(),
  /** Containers of an account in 24 hours. */
  containersPerDay: z.number().int().nonnegative(),
  /** How long a container of a picture is in progress, in ms of the sandbox's time. */
  imageMs: ms,
  /** The same of a video, from when all of it is there. */
  videoMs: ms,
  /** PNG passes in practice, and is in no document. */
  png: z.enum(['refused', 'accepted']),
  /** A picture that is not 320 to 1440 wide is scaled, as documented, or refused. */
  width: z.enum(['scaled', 'refused']),
  /** A `video_url` that cannot be fetched: told at once, or by the container's status. */
  videoFetch: z.enum(['now', 'later']),
  /** `media_publish` of a container that is published: not available (9007), or the media that it became. */
  publishedAgain: z.enum(['refused', 'same']),
  /** How long Meta waits for a file that it fetches, in real ms. */
  fetchMs: z.number().int().positive(),
} as const

export type PublishSettings = {
  [Name in keyof typeof publishSettingsShape]: z.output<(typeof publishSettingsShape)[Name]>
}

export const publishSettings: PublishSettings = {
  postsPerDay: 50,
  containersPerDay: 400,
  imageMs: 1000,
  videoMs: 3000,
  png: 'refused',
  width: 'scaled',
  videoFetch: 'now',
  publishedAgain: 'refused',
  fetchMs: 20_000,
}
