/** What publishes and what reads it back, by the names that faults and counters go by. */
export const PUBLISHING = [
  'post',
  'photo',
  'video',
  'reel',
  'video-story',
  'photo-story',
  'comment',
  'edit',
  'delete',
  'posts',
  'scheduled-posts',
  'videos',
  'comments',
  'node',
  'ig-container',
  'ig-publish',
  'ig-limit',
  'ig-media',
  'ig-stories',
  'ig-comment',
  'ig-comments',
] as const

export type Publishing = (typeof PUBLISHING)[number]
