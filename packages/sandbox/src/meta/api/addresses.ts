import type { Ask } from '../../core/ask.ts'
import { servedBy } from '../../graph/versions.ts'
import { GRAPH } from '../origins.ts'
import type { World } from '../world.ts'

/** The API with the version that serves, whatever was asked. */
export const apiAddress = ({ clock }: World, ask: Ask): string =>
  `${GRAPH}/${servedBy(ask.params.version, clock.now())}`

/** The address of a list: with the id for `me`. */
export const addressOf = (world: World, ask: Ask, id: string, edge: string): string =>
  `${apiAddress(world, ask)}/${id}/${edge}`
