/** How long a password would hold, as zxcvbn reckons. Its word lists are loaded when the first password is judged. */
import { MooringError } from '../../error.ts'
import { PASSWORD_LENGTH } from './library.ts'

/** 3 of 4: safe against a stolen table of slow hashes (zxcvbn's own words). */
const ENOUGH = 3
/** Its cost grows with the length, and nobody guesses beyond. */
const JUDGED = 40

type Check = (password: string, own: string[]) => { score: number; warning: string | null; suggestions: string[] }
let loading: Promise<Check> | undefined

async function load(): Promise<Check> {
  const [{ ZxcvbnFactory }, common, en] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  const judge = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...en.dictionary },
    graphs: common.adjacencyGraphs,
    translations: en.translations,
  })
  return (password, own) => {
    const { score, feedback } = judge.check(password, own)
    return { score, warning: feedback.warning, suggestions: feedback.suggestions }
  }
}

/** Throws `weak_password` with what would make it better. `own`: what is known of the person, which must not be it. */
export async function requireStrong(password: string, own: readonly (string | null)[]): Promise<void> {
  if (password.length < PASSWORD_LENGTH.min) throw weak(`Use at least ${PASSWORD_LENGTH.min} characters.`)
  if (password.length > PASSWORD_LENGTH.max) throw weak(`Use at most ${PASSWORD_LENGTH.max} characters.`)
  loading ??= load()
  const check = await loading
  const words = own.flatMap((one) => (one === null ? [] : [one, ...one.split(/[\s@.]+/)])).filter((one) => one !== '')
  const { score, warning, suggestions } = check(password.slice(0, JUDGED), [...words, 'mooring'])
  if (score >= ENOUGH) return
  const advice = [warning, ...suggestions].filter((one): one is string => Boolean(one)).map(sentence)
  throw weak(advice.length === 0 ? 'It is too easy to guess. Use a few unusual words.' : advice.join(' '))
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

const weak = (message: string) =>
  new MooringError('weak_password', message, { fields: [{ path: 'password', message }] })
