import type { PostFilter } from '@mooring/react'

export type View = NonNullable<PostFilter['view']>

export interface ViewLook {
  id: View
  label: string
  /** Said where there is nothing. */
  none: string
  noneMore: string
}

export const VIEWS: readonly ViewLook[] = [
  {
    id: 'queue',
    label: 'Queue',
    none: 'The queue is empty.',
    noneMore: 'What you schedule stands here until it goes out.',
  },
  { id: 'draft', label: 'Drafts', none: 'No drafts.', noneMore: 'What you write is kept here by itself.' },
  { id: 'sent', label: 'Sent', none: 'Nothing sent yet.', noneMore: 'What goes out is listed here, with its links.' },
  {
    id: 'attention',
    label: 'Needs attention',
    none: 'Nothing needs you.',
    noneMore: 'What failed, what nobody knows of, and what may not go out shows up here.',
  },
]

export const viewOf = (value: unknown): View => VIEWS.find((one) => one.id === value)?.id ?? 'queue'
