import type { Answer } from '../core/ask.ts'
import { graphError, unknownPath } from './errors.ts'

/** The day each Graph version ends (developers.facebook.com, Graph API changelog, with v26.0 as the newest, whose end is not told). */
export const VERSIONS: Readonly<Record<string, string>> = {
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': '9999-12-31',
}

const lives = (version: string, now: number): boolean => Date.parse(VERSIONS[version] ?? '') > now

/** Which version answers: the one asked for while it lives, else the oldest that does. */
export function servedBy(version: string | undefined, now: number): string {
  if (version !== undefined && lives(version, now)) return version
  return Object.keys(VERSIONS).find((one) => lives(one, now)) ?? 'v26.0'
}

/** A refusal of the version in an address, or undefined where it serves. Absent: the oldest that lives serves. */
export function judgeVersion(
  version: string | undefined,
  expired: 'aliased' | 'refused',
  path: string,
  now: number,
): Answer | undefined {
  if (version === undefined || lives(version, now)) return undefined
  const before = Number(/^v(\d+)\.\d+$/.exec(version)?.[1])
  if (VERSIONS[version] === undefined && !(before < 20)) return unknownPath(path)
  // Silently served by the oldest one that lives, as a digest of the documents says.
  if (expired === 'aliased') return undefined
  return graphError(400, {
    message: '(#2635) You are calling a deprecated version of the API. Please update to the latest version: v26.0.',
    code: 2635,
  })
}
