import { type At, instantOf, longWall, newIntentKey, usePostChange } from '@mooring/react'
import { useState } from 'react'
import { notify } from '../ui/notify.tsx'
import type { Entry } from './entries.ts'

/** Moves a post; until the server has written it down it stands where it was dropped. */
export function useMove() {
  const [moving, setMoving] = useState<ReadonlyMap<string, number>>(new Map())
  const still = (id: string) => setMoving((all) => new Map([...all].filter(([one]) => one !== id)))
  const change = usePostChange(async (client, { entry, at }: { entry: Entry; at: At }) => {
    const { id, version } = entry.post
    return client.posts.schedule(id, { how: 'at', at }, version, newIntentKey())
  })
  const move = (entry: Entry, at: At) => {
    const { id, at: before } = entry.post
    setMoving((all) => new Map([...all, [id, instantOf(at)]]))
    // Not by callbacks of `mutate`: a second move takes them from the first.
    change
      .mutateAsync({ entry, at })
      .then(
        (post) =>
          notify.ok(`Moved to ${longWall(at)}.`, {
            id: `move-${id}`,
            ...(before === null ? {} : { action: { label: 'Undo', run: () => move({ ...entry, post }, before) } }),
          }),
        (error) => notify.problem(error, { id: `move-${id}` }),
      )
      .finally(() => still(id))
  }
  return { moving, move }
}
