/** Writes down everything that leaves Mooring over HTTP, save where a secret is the very answer that was asked for. */
import type { World } from '../world.ts'

export interface Recorder {
  /** Status lines, headers and bodies of all answers, and every line of the log. */
  text(): string
  answers: string[]
  /** Forgets what was looked at. */
  clear(): void
}

/** What a start, a sign-in, a key's making and a token read are there to hand out, to the one who asked. */
const MEANT: { method: string; path: RegExp; hide: RegExp }[] = [
  { method: 'POST', path: /^\/api\/v1\/flows$/, hide: /"(authorizeUrl|startUrl)":"[^"]*"/g },
  { method: 'POST', path: /^\/start\//, hide: /^location: https?:\/\/127\.0\.0\.1:\d+\/\S*$/gm },
  { method: 'POST', path: /^\/api\/v1\/api-keys$/, hide: /"key":"mk_(?:live|test)_[^"]*"/g },
  {
    method: 'GET',
    path: /^\/api\/v1\/(?:connections|accounts)\/[0-9a-f-]{36}\/token$/,
    hide: /"accessToken":"[^"]*"/g,
  },
]

export function record(world: World): Recorder {
  const answers: string[] = []
  const { fetch } = world.mooring
  world.mooring.fetch = async (request) => {
    const answer = await fetch(request)
    const copy = answer.clone()
    // Cookies are for the browser that they are set in; that they are stored nowhere in clear is looked at elsewhere.
    const headers = [...copy.headers]
      .filter(([name]) => name !== 'set-cookie')
      .map(([name, value]) => `${name}: ${value}`)
    let text = `${copy.status}\n${headers.join('\n')}\n\n${await copy.text()}`
    const path = new URL(request.url).pathname
    for (const one of MEANT) if (one.method === request.method && one.path.test(path)) text = text.replace(one.hide, '')
    answers.push(text)
    return answer
  }
  return {
    answers,
    text: () => `${answers.join('\n')}\n${JSON.stringify(world.logs)}`,
    clear: () => {
      answers.length = 0
      world.logs.length = 0
    },
  }
}
