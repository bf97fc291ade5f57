import type { PhoneNumber } from '../api.ts'

/** What a person typed, made into what a service takes; or why it cannot be, in a sentence. Pure. */
export type Typed<T> = { value: T } | { fault: string }

const DIGITS = 6
const MISSING = ['none', 'one', 'two', 'three', 'four', 'five', 'six']

/** A code as it stands in a message: "123 456", "123-456". A longer one is not ours to judge. */
export function codeOf(text: string): Typed<string> {
  const value = text.replace(/[\s-]/g, '')
  if (value.length >= DIGITS) return { value }
  const missing = DIGITS - value.length
  if (missing === DIGITS) return { fault: 'Type the code first.' }
  return { fault: `Six digits, ${MISSING[missing]} ${missing === 1 ? 'is' : 'are'} missing.` }
}

/** `field`: which of the two to mend. */
export function phoneOf(
  dialCode: string,
  number: string,
): { value: PhoneNumber } | { fault: string; field: 'dialCode' | 'number' } {
  const code = dialCode.replace(/\D/g, '').replace(/^00/, '')
  const rest = number.replace(/[\s().-]/g, '')
  if (!/^[1-9]\d{0,3}$/.test(code)) {
    return { fault: 'Begin with the number of your country, such as +33.', field: 'dialCode' }
  }
  if (rest.startsWith('+')) return { fault: 'Leave the number of the country out here.', field: 'number' }
  if (!/^\d{4,14}$/.test(rest)) return { fault: 'Type your number, in digits.', field: 'number' }
  return { value: { dialCode: `+${code}`, number: rest } }
}
