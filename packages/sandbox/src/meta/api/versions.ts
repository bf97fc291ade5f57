import type { Answer } from '../../core/ask.ts'
import type { State } from '../state.ts'
import { graphError, unknownPath } from './errors.ts'

/** The day each Graph version ends (developers.facebook.com, Graph API changelog, with v26.0 as the newest). */
export const VERSIONS: Readonly<Record<string, string>> = {
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': '2028-12-31',
}

/** A refusal of the version in an address, or undefined where it serves. Absent: the oldest that lives serves. */
export function judgeVersion(
  version: string | undefined,
  { settings }: State,
  path: string,
  now: number,
): Answer | undefined {
  if (version === undefined) return undefined
  const ends = VERSIONS[version]
  const number = Number(/^v(\d+)\.0$/.exec(version)?.[1])
  if (ends === undefined && !(number < 20)) return unknownPath(path)
  const over = ends === undefined || Date.parse(ends) <= now
  // Silently served by the oldest one that lives, as a digest of the documents says.
  if (!over || settings.expiredVersion === 'aliased') return undefined
  return graphError(400, {
    message: `(#2635) You are calling a deprecated version of the API. Please update to the latest version: v26.0.`,
    code: 2635,
  })
}
