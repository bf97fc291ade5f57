import type { Ask } from '../../core/ask.ts'
import type { Stage } from '../../graph/instagram/book.ts'
import { servedBy } from '../../graph/versions.ts'
import { apiAddress } from '../api/addresses.ts'
import { MEDIA, RUPLOAD } from '../origins.ts'
import type { World } from '../world.ts'

export const MARK = { digit: '1', letter: 'M' }

/** Instagram's publishing, as it is played behind Facebook Login: bytes of videos are taken, too. */
export function stageOf(world: World, ask: Ask): Stage {
  const { state, clock } = world
  const version = servedBy(ask.params.version, clock.now())
  return {
    book: state.instagram,
    settings: state.settings,
    get now() {
      return clock.now()
    },
    mark: MARK,
    files: MEDIA,
    address: apiAddress(world, ask),
    upload: (container) => `${RUPLOAD}/ig-api-upload/${version}/${container}`,
  }
}
