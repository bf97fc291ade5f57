import { throttled } from './errors.ts'
import type { Decorate } from './projection.ts'

/** The assets behind image URNs, as `~:playableStreams` spells them out. */
export const streams = (url: string, size: number): unknown => ({
  paging: { count: 10, start: 0, links: [] },
  elements: [
    {
      artifact: `urn:li:digitalmediaMediaArtifact:(urn:li:digitalmediaAsset:sandbox,urn:li:digitalmediaMediaArtifactClass:${size}_${size})`,
      authorizationMethod: 'PUBLIC',
      data: {
        'com.linkedin.digitalmedia.mediaartifact.StillImage': { displaySize: { uom: 'PX', width: size, height: size } },
      },
      identifiers: [{ identifier: url, index: 0, mediaType: 'image/png', identifierType: 'EXTERNAL_URL' }],
    },
  ],
})

/** A throttled decoration comes inside a 200, as an error object beside the field (Microsoft Learn: decoration). */
export const decorator = (url: string, size: number, broken: boolean): Decorate =>
  broken ? () => ({ error: JSON.parse(String(throttled('application').body)) }) : () => ({ ok: streams(url, size) })
