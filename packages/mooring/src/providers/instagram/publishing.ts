/** How posts go out by a sign-in at Instagram: containers, as by a Page, at its own host; videos are fetched and not sent. */
import { containersOf } from '../meta/publishing/containers/index.ts'
import { judgeFor } from '../meta/publishing/faults.ts'
import { apiCode, apiSentence, judgeApi } from './errors.ts'
import { VERSION } from './tokens.ts'

export const publishing = containersOf({
  url: ({ settings }, path) => `https://graph.instagram.com/${settings.API_VERSION ?? VERSION}/${path}`,
  scopes: { publish: 'instagram_business_content_publish', comment: 'instagram_business_manage_comments' },
  resumable: false,
  judge: judgeFor({ name: 'Instagram', permission: 'Reconnect and allow it.', judgeApi, apiCode, apiSentence }),
})
