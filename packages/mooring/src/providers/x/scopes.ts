/** What each permission allows, in a person's words. Names: docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE". */
import type { ScopeInfo } from '../../provider.ts'

export const scopeInfo: Record<string, ScopeInfo> = {
  'tweet.read': { allows: 'See the posts that you can see', without: 'We cannot tell whose account this is.' },
  'tweet.write': { allows: 'Post as you', without: 'Posting as you does not work.' },
  'users.read': { allows: 'See your name and picture', without: 'We cannot tell whose account this is.' },
  'users.email': { allows: 'See your e-mail address', without: 'Your e-mail address is not shown.' },
  'media.write': {
    allows: 'Upload pictures and videos for you',
    without: 'Posting pictures and videos does not work.',
  },
  'offline.access': {
    allows: 'Stay connected until you take it back',
    without: 'Access ends two hours after each connect.',
  },
  'tweet.moderate.write': { allows: 'Hide replies to your posts', without: 'Replies cannot be hidden.' },
  'follows.read': { allows: 'See who follows you', without: 'Your followers cannot be listed.' },
  'follows.write': { allows: 'Follow people as you', without: 'Following as you does not work.' },
  'like.read': { allows: 'See what you liked', without: 'Your likes cannot be listed.' },
  'like.write': { allows: 'Like posts as you', without: 'Liking as you does not work.' },
  'list.read': { allows: 'See your Lists', without: 'Your Lists cannot be read.' },
  'list.write': { allows: 'Change your Lists', without: 'Your Lists cannot be changed.' },
  'bookmark.read': { allows: 'See your bookmarks', without: 'Your bookmarks cannot be read.' },
  'bookmark.write': { allows: 'Bookmark posts for you', without: 'Bookmarking does not work.' },
  'dm.read': { allows: 'Read your direct messages', without: 'Direct messages cannot be read.' },
  'dm.write': { allows: 'Send direct messages as you', without: 'Sending direct messages does not work.' },
  'space.read': { allows: 'See the Spaces that you can see', without: 'Spaces cannot be read.' },
  'mute.read': { allows: 'See whom you muted', without: 'Muted accounts cannot be listed.' },
  'mute.write': { allows: 'Mute accounts for you', without: 'Muting does not work.' },
  'block.read': { allows: 'See whom you blocked', without: 'Blocked accounts cannot be listed.' },
  'block.write': { allows: 'Block accounts for you', without: 'Blocking does not work.' },
}
