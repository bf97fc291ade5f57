import type { Shape } from './shape.ts'

interface Picture {
  id: string
  altText?: string
}

export interface ContentBody {
  article?: { source: string; title: string; description?: string; thumbnail?: string; thumbnailAltText?: string }
  media?: Picture & { title?: string }
  multiImage?: { images: Picture[]; altText?: string }
  poll?: {
    question: string
    options: { text: string }[]
    settings: { duration: string; voteSelectionType?: string; isVoterVisibleToAuthor?: boolean }
  }
}

export interface Distribution {
  feedDistribution: string
  targetEntities?: unknown[]
  thirdPartyDistributionChannels?: unknown[]
}

/** What `POST /rest/posts` takes (Microsoft Learn: posts-api, post-api-schema, multiimage-post-api, poll-post-api). */
export interface PostBody {
  author: string
  commentary: string
  visibility: string
  container?: string
  distribution: Distribution
  lifecycleState: string
  isReshareDisabledByAuthor?: boolean
  content?: ContentBody
  reshareContext?: { parent: string }
  contentLandingPage?: string
  contentCallToActionLabel?: string
}

const POLL: Shape = {
  record: {
    question: 'String',
    options: { list: { record: { text: 'String' }, required: ['text'] } },
    settings: {
      record: { duration: 'String', voteSelectionType: 'String', isVoterVisibleToAuthor: 'Boolean' },
      required: ['duration'],
    },
  },
  required: ['question', 'options', 'settings'],
}

const CONTENT: Shape = {
  union: {
    article: {
      record: {
        source: 'String',
        title: 'String',
        description: 'String',
        thumbnail: 'String',
        thumbnailAltText: 'String',
      },
      required: ['source', 'title'],
    },
    media: { record: { id: 'String', altText: 'String', title: 'String' }, required: ['id'] },
    multiImage: {
      record: {
        images: { list: { record: { id: 'String', altText: 'String' }, required: ['id'] } },
        altText: 'String',
      },
      required: ['images'],
    },
    poll: POLL,
  },
}

const RESHARE: Shape = { record: { parent: 'String' }, required: ['parent'] }

export const POST_SHAPE: Shape = {
  record: {
    author: 'String',
    commentary: 'String',
    visibility: 'String',
    container: 'String',
    distribution: {
      record: {
        feedDistribution: 'String',
        targetEntities: { list: 'any' },
        thirdPartyDistributionChannels: { list: 'any' },
      },
      required: ['feedDistribution', 'thirdPartyDistributionChannels'],
    },
    lifecycleState: 'String',
    isReshareDisabledByAuthor: 'Boolean',
    content: CONTENT,
    reshareContext: RESHARE,
    contentLandingPage: 'String',
    contentCallToActionLabel: 'String',
    adContext: 'any',
  },
  required: ['author', 'commentary', 'visibility', 'distribution', 'lifecycleState'],
}

/** Of an edit: no media (LinkedIn's own Postman collection, in api-evangelist/linkedin). */
export const PATCH_SHAPE: Shape = {
  record: {
    patch: {
      record: {
        $set: {
          record: {
            commentary: 'String',
            contentLandingPage: 'String',
            contentCallToActionLabel: 'String',
            lifecycleState: 'String',
            reshareContext: RESHARE,
            adContext: 'any',
          },
        },
      },
      required: ['$set'],
    },
  },
  required: ['patch'],
}
