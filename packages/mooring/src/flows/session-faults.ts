/** How a connect session is refused. */
import { MooringError } from '../error.ts'

export const sessionUsed = () =>
  new MooringError('connect_session_used', 'This was opened already. Go back to where you came from and begin again.', {
    detail: 'A connect session is for one browser and one flow. Make another one.',
  })

export const sessionExpired = () =>
  new MooringError('connect_session_expired', 'This took too long. Go back to where you came from and begin again.', {
    detail: 'A connect session is opened within 15 minutes and ends an hour after that. Make another one.',
  })
