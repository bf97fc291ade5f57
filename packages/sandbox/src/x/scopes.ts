/** docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE", table of scopes, and those that the OpenAPI adds. In the page's words. */
const SENTENCES: Record<string, string> = {
  'tweet.read': 'See all the posts you can see, protected ones too',
  'tweet.write': 'Post and repost for you',
  'tweet.moderate.write': 'Hide and unhide replies to your posts',
  'users.email': 'See your e-mail address',
  'users.read': 'See any account you can see, protected ones too',
  'follows.read': 'See who you follow and who follows you',
  'follows.write': 'Follow and unfollow people for you',
  'offline.access': 'Stay connected to your account until you take it back',
  'space.read': 'See all the Spaces you can see',
  'mute.read': 'See the accounts you have muted',
  'mute.write': 'Mute and unmute accounts for you',
  'like.read': 'See the posts you have liked',
  'like.write': 'Like and unlike posts for you',
  'list.read': 'See your Lists and those you follow',
  'list.write': 'Create and manage Lists for you',
  'block.read': 'See the accounts you have blocked',
  'block.write': 'Block and unblock accounts for you',
  'bookmark.read': 'See your bookmarks',
  'bookmark.write': 'Bookmark posts and remove bookmarks',
  'dm.read': 'See your direct messages',
  'dm.write': 'Send direct messages for you',
  'media.write': 'Upload media for you',
  'broadcast.read': 'See your broadcasts',
  'broadcast.write': 'Start and end broadcasts for you',
  'timeline.read': 'See your timeline',
}

export const isScope = (scope: string): boolean => Object.hasOwn(SENTENCES, scope)

export const sentences = (scopes: readonly string[]): string[] => scopes.map((scope) => SENTENCES[scope] ?? scope)
