import type { ComponentType } from 'react'
import { type Look, networkOf } from '../../marks/networks.ts'
import { FacebookShot } from './facebook.tsx'
import { InstagramShot } from './instagram.tsx'
import { LinkedInShot } from './linkedin.tsx'
import { PlainShot } from './plain.tsx'
import type { Shot } from './shot.ts'
import { XShot } from './x.tsx'

const SHOTS: Record<Look, ComponentType<Shot>> = {
  linkedin: LinkedInShot,
  x: XShot,
  facebook: FacebookShot,
  instagram: InstagramShot,
  plain: PlainShot,
}

export type PostPreviewProps = Shot

/** A post as its network would show it, light or dark as the page is. */
export function PostPreview(shot: PostPreviewProps) {
  const network = networkOf(shot.account)
  const Drawn = SHOTS[network.look]
  return (
    <article className="mooring-shot" data-look={network.look} aria-label={`${shot.account.label} on ${network.name}`}>
      <Drawn {...shot} />
    </article>
  )
}
