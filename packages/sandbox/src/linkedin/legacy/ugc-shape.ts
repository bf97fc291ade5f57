import type { Shape } from '../posts/shape.ts'

export const SHARE = 'com.linkedin.ugc.ShareContent'
export const VISIBILITY = 'com.linkedin.ugc.MemberNetworkVisibility'

interface Text {
  text: string
}

export interface UgcMedium {
  status: string
  media?: string
  originalUrl?: string
  title?: Text
  description?: Text
}

export interface UgcBody {
  author: string
  lifecycleState: string
  specificContent: {
    [SHARE]: { shareCommentary: Text; shareMediaCategory: string; media?: UgcMedium[] }
  }
  visibility: { [VISIBILITY]: string }
  distribution?: Record<string, unknown>
}

const TEXT: Shape = {
  record: { text: 'String', attributes: { list: 'any' }, inferredLocale: 'String' },
  required: ['text'],
}

/** What `POST /v2/ugcPosts` takes (Microsoft Learn: share-on-linkedin, ugc-post-api). */
export const UGC_SHAPE: Shape = {
  record: {
    author: 'String',
    lifecycleState: 'String',
    specificContent: {
      union: {
        [SHARE]: {
          record: {
            shareCommentary: TEXT,
            shareMediaCategory: 'String',
            media: {
              list: {
                record: {
                  status: 'String',
                  media: 'String',
                  originalUrl: 'String',
                  title: TEXT,
                  description: TEXT,
                  thumbnails: { list: 'any' },
                },
                required: ['status'],
              },
            },
          },
          required: ['shareCommentary', 'shareMediaCategory'],
        },
      },
    },
    visibility: { union: { [VISIBILITY]: 'String' } },
    distribution: 'any',
  },
  required: ['author', 'lifecycleState', 'specificContent', 'visibility'],
}
