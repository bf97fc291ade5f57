/** The PostgreSQL that Mooring carries, by itself: what of a start, and of the memory, is PostgreSQL's. */
import { silent } from '../../packages/mooring/src/runtime.ts'
import { startCarried } from '../../packages/mooring/src/store/carried/index.ts'
import { beChild } from '../support/child.ts'

beChild<{ dataDir: string }>(async ({ dataDir }) => {
  const carried = await startCarried({ dataDir, log: silent })
  return { url: '', stop: () => carried.stop(), answers: { ms: () => ({ ms: carried.startedInMs }) } }
})
