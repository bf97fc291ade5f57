import { type Html, html } from '../../core/page.ts'
import type { MediaFile } from './facts.ts'

/** A file on a page that people look at. `address`: where their browser finds it. */
export function shown({ facts }: MediaFile, address: string, alt: string | null): Html {
  if (facts.kind !== 'video') return html`<p><img class="shown" src="${address}" alt="${alt ?? ''}"></p>`
  return html`<p class="soft">Video: ${Math.round(facts.seconds)} s, ${facts.width} × ${facts.height}</p>`
}

export const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
