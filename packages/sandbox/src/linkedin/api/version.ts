/**
 * Versions and the day each stops (Microsoft Learn: marketing/integrations/migrations, as of August 2026). No 202412, no 202512.
 * 202608 and 202609 are known to exist but not yet in that table: their end is projected from "at least twelve months".
 */
const SUNSETS: Record<string, string> = {
  '202507': '2026-07-15',
  '202508': '2026-08-17',
  '202509': '2026-09-15',
  '202510': '2026-10-15',
  '202511': '2026-11-16',
  '202601': '2027-01-15',
  '202602': '2027-02-15',
  '202603': '2027-03-16',
  '202604': '2027-04-15',
  '202605': '2027-05-15',
  '202606': '2027-06-15',
  '202607': '2027-07-15',
  '202608': '2027-08-16',
  '202609': '2027-09-15',
}

export type VersionFinding =
  | { kind: 'missing' }
  | { kind: 'inactive'; shown: string }
  | { kind: 'active'; shown: string }

/** A version counts from the first of its month to the start of its sunset day, in UTC. It is shown with `01` behind it. */
export function judgeVersion(header: string | null, now: number, more: Record<string, string>): VersionFinding {
  const version = header?.trim()
  if (!version) return { kind: 'missing' }
  const shown = /^\d{6}$/.test(version) ? `${version}01` : version
  const sunset = /^\d{6}$/.test(version) ? ({ ...SUNSETS, ...more }[version] ?? undefined) : undefined
  if (sunset === undefined || now >= Date.parse(sunset)) return { kind: 'inactive', shown }
  const released = Date.UTC(Number(version.slice(0, 4)), Number(version.slice(4)) - 1, 1)
  return { kind: now < released ? 'inactive' : 'active', shown }
}
