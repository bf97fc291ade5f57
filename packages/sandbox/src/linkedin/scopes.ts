/** What LinkedIn's consent page says for each scope, in plain sentences. */
const SENTENCES: Record<string, string> = {
  openid: 'Know who you are on LinkedIn',
  profile: 'Use your name and photo',
  email: 'Use the primary email address of your LinkedIn account',
  r_basicprofile: 'Use your basic profile: your name, photo, headline and public profile address',
  r_1st_connections_size: 'Use the number of your first-degree connections',
  w_member_social: 'Create, change and delete posts, comments and reactions on your behalf',
  w_member_social_feed: 'Create, change and delete comments and reactions on your behalf',
  r_organization_admin: "Read your organizations' pages and their reporting data",
  rw_organization_admin: "Manage your organizations' pages and read their reporting data",
  r_organization_social: "Read your organizations' posts, comments, reactions and other engagement data",
  w_organization_social: "Create, change and delete posts, comments and reactions on your organizations' behalf",
  r_organization_social_feed: "Read comments and reactions on your organizations' posts",
  w_organization_social_feed: "Create, change and delete comments and reactions on your organizations' behalf",
  r_organization_followers: "Read who follows your organizations' pages",
  r_member_postAnalytics: 'Read how your posts and videos did',
  r_member_profileAnalytics: 'Read how many people follow you',
}

/** One sentence per scope; `openid` says nothing of its own where `profile` is asked for too. */
export function sentences(scopes: readonly string[]): string[] {
  const shown = scopes.includes('profile') ? scopes.filter((scope) => scope !== 'openid') : scopes
  return shown.map((scope) => SENTENCES[scope] ?? `Use the permission ${scope}`)
}

export const sameScopes = (a: readonly string[], b: readonly string[]): boolean =>
  new Set([...a, ...b]).size === new Set(a).size && new Set(a).size === new Set(b).size
