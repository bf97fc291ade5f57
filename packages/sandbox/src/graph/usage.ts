/** How much of a budget is used up: an hour's calls of an app, of a person, of a Page. */
export interface Usage {
  startedAt: number
  calls: number
  /** 0: not throttled. */
  blockedUntil: number
}

const HOUR = 3_600_000

export interface Spent {
  /** 0 to 100. */
  percent: number
  /** Minutes until calls are taken again; 0 while they are. */
  minutes: number
}

/** One call more. Who goes on while throttled waits longer (digest of "Rate limits"). */
export function spend(usage: Map<string, Usage>, key: string, most: number, now: number): Spent {
  const held = usage.get(key)
  const over = !held || (held.blockedUntil > 0 ? held.blockedUntil <= now : held.startedAt + HOUR <= now)
  const one = over ? { startedAt: now, calls: 0, blockedUntil: 0 } : held
  one.calls += 1
  if (one.calls > most) one.blockedUntil = now + HOUR
  usage.set(key, one)
  return {
    percent: Math.min(100, Math.ceil((one.calls / most) * 100)),
    minutes: Math.ceil(Math.max(0, one.blockedUntil - now) / 60_000),
  }
}

/** `X-App-Usage`: percent of each measure. */
export const appUsage = ({ percent }: Spent): string =>
  JSON.stringify({ call_count: percent, total_time: percent, total_cputime: percent })

/** `X-Business-Use-Case-Usage`: by the id of the business or Page, with the minutes to wait. */
export const useCaseUsage = (id: string, type: 'pages' | 'instagram', { percent, minutes }: Spent): string =>
  JSON.stringify({
    [id]: [
      {
        type,
        call_count: percent,
        total_cputime: percent,
        total_time: percent,
        estimated_time_to_regain_access: minutes,
      },
    ],
  })
