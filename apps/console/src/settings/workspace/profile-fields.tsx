import { isApiProblem } from '@mooring/react'
import { Area } from '../../ui/area.tsx'
import { Field } from '../../ui/field.tsx'

/** People type an address as they say it. */
export const asAddress = (typed: string): string | null => {
  const value = typed.trim()
  if (value === '') return null
  return /^[a-z]+:/i.test(value) ? value : `https://${value}`
}

/** What stands at the field where the website was refused. */
export const wrongWebsite = (error: unknown): string | undefined =>
  isApiProblem(error) && error.fields.some(({ path }) => path === 'website')
    ? 'That is no address of a website.'
    : undefined

interface ProfileFieldsProps {
  website: string
  onWebsite: (typed: string) => void
  idealCustomer: string
  onIdealCustomer: (typed: string) => void
  wrong: string | undefined
  required?: boolean
}

/** The fields of the business profile. */
export function ProfileFields(props: ProfileFieldsProps) {
  const { website, onWebsite, idealCustomer, onIdealCustomer, wrong, required = false } = props
  return (
    <>
      <Field
        label="Website"
        name="website"
        inputMode="url"
        autoComplete="url"
        placeholder="harbour.example"
        required={required}
        maxLength={300}
        value={website}
        onChange={(event) => onWebsite(event.target.value)}
        error={wrong}
      />
      <Area
        label="Ideal customer"
        hint="Whom this business wants to reach, in your own words."
        required={required}
        maxLength={2000}
        rows={4}
        value={idealCustomer}
        onChange={(event) => onIdealCustomer(event.target.value)}
      />
    </>
  )
}
