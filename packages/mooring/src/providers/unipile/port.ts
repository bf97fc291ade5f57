/** One port for both generations: which one is asked is decided here alone. */
import type { Provider } from '../../provider.ts'
import type { CredentialsPort } from '../../provider-credentials.ts'
import type { Api } from './api.ts'
import { v1 } from './v1.ts'
import { v2 } from './v2.ts'
import { toldSeat } from './webhooks.ts'

export const V2_APP = 'unipile-v2'

const of = ({ app }: { app?: string | undefined }): Api => (app === V2_APP ? v2 : v1)

export const identity: Provider['identity'] = (on) => of(on).identity(on)
export const accounts: Provider['accounts'] = (on, identity) => of(on).accounts(on, identity)

export const credentials = {
  platform: 'LinkedIn',
  pages: ['https://account.unipile.com'],
  keyHeader: 'X-API-KEY',
  // "The intent lives five minutes, whatever is sent again."
  attemptSeconds: 300,
  // Not published: too soon is told as such.
  resendSeconds: 30,
  watchSeconds: 900,
  // The key lists the accounts of all its owner's customers: nobody picks among them.
  // v2 posts nothing: which seat came of its page the browser alone would say, and it may say anybody's.
  ways: (_settings, app) => ({ password: true, existing: false, hosted: app !== V2_APP }),
  keeps: (settings) => settings.KEEP_PASSWORD === 'yes',
  checkKey: (on) => of(on).checkKey(on),
  begin: (on, credentials, seat) => of(on).begin(on, credentials, seat),
  solve: (on, attempt, answer) => of(on).solve(on, attempt, answer),
  resend: (on, attempt) => of(on).resend(on, attempt),
  anotherWay: (on, attempt) => of(on).anotherWay(on, attempt),
  poll: (on, attempt) => of(on).poll(on, attempt),
  hosted: (on, wanted) => of(on).hosted(on, wanted),
  hostedSeat: toldSeat,
  standing: (on, seat) => of(on).standing(on, seat),
  restart: (on, seat) => of(on).restart(on, seat),
  remove: (on, seat) => of(on).remove(on, seat),
  announce: (on, url, secret) => of(on).announce(on, url, secret),
} satisfies CredentialsPort
