import { longDate, moment, usePeopleChange } from '@mooring/react'
import { useSignedIn } from '../app/gate.tsx'
import { THEMES, type Theme, useTheme } from '../app/theme.ts'
import { useNow } from '../app/use-now.ts'
import { useTitle } from '../app/use-title.ts'
import { Card } from '../ui/card.tsx'
import { Choice } from '../ui/choice.tsx'
import { notify } from '../ui/notify.tsx'

const OWN = 'browser'
/** The console speaks English; dates can be written as somebody is used to. */
const LOCALES: readonly (readonly [tag: string, name: string])[] = [
  ['en-GB', 'English (United Kingdom)'],
  ['en-US', 'English (United States)'],
  ['de-DE', 'Deutsch'],
  ['es-ES', 'Español'],
  ['fr-FR', 'Français'],
  ['it-IT', 'Italiano'],
  ['nl-NL', 'Nederlands'],
  ['pl-PL', 'Polski'],
  ['pt-BR', 'Português (Brasil)'],
  ['pt-PT', 'Português (Portugal)'],
  ['sv-SE', 'Svenska'],
  ['ja-JP', '日本語'],
]
const THEME_NAMES: Record<Theme, string> = { system: 'As the system', dark: 'Dark', light: 'Light' }

export function PreferencesPage() {
  useTitle('Preferences')
  const { person } = useSignedIn()
  const now = useNow()
  const { theme, choose } = useTheme()
  const change = usePeopleChange((client, to: { timeZone?: string | null; locale?: string | null }) =>
    client.me.change(to),
  )
  const save = (to: { timeZone?: string | null; locale?: string | null }) =>
    change.mutate(to, {
      onSuccess: () => notify.ok('Saved.', { id: 'preferences' }),
      onError: (error) => notify.problem(error, { id: 'preferences' }),
    })
  const zones = Intl.supportedValuesOf('timeZone')
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const shown = new Date(now).toISOString()
  return (
    <Card className="p-4" aria-labelledby="preferences">
      <h2 id="preferences" className="text-section">
        How you like it
      </h2>
      <p className="mt-0.5 text-caption text-ink-2">For you alone, in every workspace.</p>
      <div className="mt-3.5 grid max-w-120 gap-4">
        <Choice
          label="Time zone"
          value={person.timeZone ?? OWN}
          onChange={(zone) => save({ timeZone: zone === OWN ? null : zone })}
        >
          <option value={OWN}>As the browser ({own})</option>
          {person.timeZone !== null && !zones.includes(person.timeZone) && (
            <option value={person.timeZone}>{person.timeZone}</option>
          )}
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Choice>
        <Choice
          label="Language of dates"
          value={person.locale ?? 'en-GB'}
          onChange={(tag) => save({ locale: tag === 'en-GB' ? null : tag })}
        >
          {person.locale !== null && !LOCALES.some(([tag]) => tag === person.locale) && (
            <option value={person.locale}>{person.locale}</option>
          )}
          {LOCALES.map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Choice>
        <p className="text-caption text-ink-2" data-slot="date-example">
          Now is {longDate(shown)}, {moment(shown, now)}.
        </p>
        <Choice label="Theme, in this browser" value={theme} onChange={choose}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {THEME_NAMES[one]}
            </option>
          ))}
        </Choice>
      </div>
    </Card>
  )
}
