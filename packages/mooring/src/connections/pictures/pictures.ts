/** Pictures through us: an address of ours for a platform's, and what lies behind it. */
import { MooringError } from '../../error.ts'
import type { Provider } from '../../provider.ts'
import { pictureUrl } from '../../provider-pictures.ts'
import type { Runtime } from '../../runtime.ts'
import { addressFor, openAddress } from './address.ts'
import { fetchPicture, type NoPicture, type Picture } from './fetch-picture.ts'
import { createShelf, type Kept } from './shelf.ts'

export type { Picture } from './fetch-picture.ts'

export interface Pictures {
  /** The path of a picture below this server's address; null where there is none, or it lies where the provider has none. Pure. */
  addressOf(workspace: string, provider: string, url: string | null | undefined): string | null
  /** Throws `not_found`: the address is none of ours or is over, the workspace is gone, the picture is. All alike. */
  read(address: string): Promise<Picture>
}

export const PICTURES_PATH = '/api/v1/pictures'

const SHELF = { bytes: 32 * 1024 * 1024, things: 5000 }
const HOUR_MS = 3_600_000
/** How long a host is not asked again. Links that ended stay ended. */
const KEEP_MS = { there: HOUR_MS, gone: HOUR_MS / 6, away: HOUR_MS / 120 }
/** Requests to hosts of pictures at once. A page shows some dozens at a time. */
const AT_ONCE = 16
/** Those who wait beyond see initials. */
const MOST_WAITING = 1000

export interface PicturesParts {
  runtime: Runtime
  providers: readonly Provider[]
  workspaceExists: (id: string) => Promise<boolean>
  /** By every key of the ring; the first is given out. */
  sign: (text: string) => string[]
}

export function createPictures({ runtime, providers, workspaceExists, sign }: PicturesParts): Pictures {
  const known = new Map(providers.map((one) => [one.id, one]))
  const shelf = createShelf<Picture | NoPicture>(() => runtime.now(), SHELF)
  const turns = createTurns()

  const fetched = async (provider: Provider, url: string): Promise<Kept<Picture | NoPicture>> => {
    const value = await turns(() => fetchPicture(runtime, url))
    if (!('none' in value)) return { value, bytes: value.bytes.byteLength, keepMs: KEEP_MS.there }
    // The address of a picture may be signed by its platform: it is in no log.
    runtime.log.debug({ provider: provider.id, why: value.why }, 'a picture could not be had')
    return { value, bytes: 0, keepMs: KEEP_MS[value.none] }
  }

  return {
    addressOf(workspace, provider, raw) {
      const from = known.get(provider)
      const url = from && raw ? pictureUrl(from, raw) : undefined
      return url === undefined
        ? null
        : `${PICTURES_PATH}/${addressFor({ workspace, provider, url }, runtime.now(), sign)}`
    },
    async read(address) {
      const one = openAddress(address, runtime.now(), sign)
      const provider = one && known.get(one.provider)
      // Asked again although it is signed: the provider may have lost a host since.
      const url = provider && pictureUrl(provider, one.url)
      if (!provider || url === undefined || !(await workspaceExists(one.workspace))) throw noPicture()
      const found = await shelf.get(url, () => fetched(provider, url))
      if ('none' in found) throw noPicture()
      return found
    },
  }
}

const noPicture = () => new MooringError('not_found', 'There is no such picture.')

/** So many at once, the rest in their order. */
function createTurns() {
  const waiting: (() => void)[] = []
  let busy = 0
  return async (work: () => Promise<Picture | NoPicture>): Promise<Picture | NoPicture> => {
    if (busy >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) return { none: 'away', why: 'too many at once' }
      await new Promise<void>((go) => waiting.push(go))
    } else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // Its place goes on to whoever waits longest.
      if (next) next()
      else busy -= 1
    }
  }
}
