/** `mooring forecast`: what will need somebody, and when; `mooring alerts`: what the operator must mend. */
import { z } from 'zod'
import { MooringError } from '../../error.ts'
import { EXIT } from '../exit.ts'
import { facts, inDays, plain, stamp, table, timeLeft } from '../format.ts'
import type { Terminal } from '../terminal.ts'

const ForecastShape = z.object({
  data: z.array(
    z.object({
      at: z.string(),
      who: z.string(),
      message: z.string(),
      registration: z.string(),
      connection: z.object({ id: z.string(), label: z.string(), state: z.string() }).nullable(),
    }),
  ),
  counts: z.object({ now: z.number(), in7: z.number(), in30: z.number(), in90: z.number() }),
  more: z.boolean(),
})
type Forecast = z.infer<typeof ForecastShape>

const AlertsShape = z.object({
  data: z.array(
    z.object({
      registration: z.string(),
      code: z.string(),
      message: z.string(),
      operatorDetail: z.string().nullable(),
      providerCode: z.string().nullable(),
      since: z.string(),
      lastAt: z.string(),
      times: z.number(),
      nextTryAt: z.string(),
    }),
  ),
})
type Alerts = z.infer<typeof AlertsShape>

const DAY = 86_400_000
const SPANS: readonly (readonly [days: number, title: string])[] = [
  [0, 'Now'],
  [7, 'Within 7 days'],
  [30, 'Within 30 days'],
  [90, 'Within 90 days'],
  [Number.POSITIVE_INFINITY, 'Later'],
]

export function forecastCommands({ program, show, withClient }: Terminal): void {
  program
    .command('forecast')
    .description('what will need somebody, and when')
    .option('--days <days>', 'how far to look ahead, 1 to 366', '90')
    .action((options: { days: string }) =>
      withClient(async (client) => {
        const days = Number(options.days)
        if (!Number.isInteger(days) || days < 1 || days > 366)
          throw new MooringError('invalid_request', 'A forecast covers 1 to 366 days.', { detail: '  --days 90' })
        const answer = await client.call('GET', `/forecast?days=${days}`)
        show(answer, () => timeline(ForecastShape.parse(answer), days, Date.now()))
      }),
    )

  program
    .command('alerts')
    .description('what the operator must mend; ends with 3 while there is something')
    .action(() =>
      withClient(async (client) => {
        const answer = await client.call('GET', '/alerts')
        const { data } = AlertsShape.parse(answer)
        show(answer, () => alertsText(data, Date.now()))
        if (data.length > 0) process.exitCode = EXIT.config
      }),
    )
}

/** What ends, under the span in which it does. Pure. */
export function timeline({ data, counts, more }: Forecast, days: number, now: number): string {
  const head = `Connections that need a person: ${counts.now} now, ${counts.in7} within 7 days, ${counts.in30} within 30, ${counts.in90} within 90.`
  if (data.length === 0) return `${head}\n\nNothing ends within ${days} day${days === 1 ? '' : 's'}.`
  const rows = data.map((one) => ({
    span: SPANS.findIndex(([end]) => Date.parse(one.at) - now <= end * DAY),
    cells: [inDays(one.at, now), one.who, one.registration, one.connection?.label ?? '', one.message],
  }))
  // One table, so that the columns stand under each other over all spans.
  const [header = '', ...lines] = table(
    ['WHEN', 'WHO', 'PROVIDER', 'AS', 'WHAT'],
    rows.map((row) => row.cells),
  ).split('\n')
  const parts = SPANS.flatMap(([, title], span) => {
    const here = lines.filter((_, at) => rows[at]?.span === span)
    return here.length === 0 ? [] : [`\n${title}`, ...here.map((line) => `  ${line}`)]
  })
  return [head, '', `  ${header}`, ...parts, ...(more ? ['\nMore connections end than are listed.'] : [])].join('\n')
}

/** Pure. */
export function alertsText(alerts: Alerts['data'], now: number): string {
  if (alerts.length === 0) return 'Nothing is to be mended.'
  return alerts
    .map((one) =>
      [
        `${one.registration}: ${plain(one.message)}`,
        facts([
          ['code', [one.code, one.providerCode].filter(Boolean).join(', ')],
          ['detail', one.operatorDetail],
          [
            'since',
            `${stamp(one.since)} UTC, refused ${one.times} time${one.times === 1 ? '' : 's'}, last ${stamp(one.lastAt)}`,
          ],
          [
            'next try',
            `in ${timeLeft(one.nextTryAt, now)}; at once after a restart, or with \`npx mooring refresh <connection>\``,
          ],
        ]),
        '  Nothing is renewed there until it is mended, and nobody is asked to reconnect for it.',
      ].join('\n'),
    )
    .join('\n\n')
}
