/** What stands for one grant at a platform: it can be looked up by who knows it, and says nothing of whose it is. */
import { createHash } from 'node:crypto'

export const grantHash = (registration: string, subject: string) =>
  createHash('sha256')
    .update(JSON.stringify([registration, subject]))
    .digest()
