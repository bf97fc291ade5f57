const AUTH = 'https://www.googleapis.com/auth/'

/** What signing in alone may ask for: given with the account, without a box. */
export const SIGN_IN = ['openid', 'email', 'profile', `${AUTH}userinfo.email`, `${AUTH}userinfo.profile`]

/** What is asked for beside that, with what the consent page says of it. */
export const BOXED: Record<string, string> = {
  [`${AUTH}analytics.readonly`]: 'See and download your Google Analytics data',
  [`${AUTH}analytics.edit`]: 'Edit Google Analytics management entities',
  [`${AUTH}analytics`]: 'View and manage your Google Analytics data',
}

export const isScope = (name: string): boolean => SIGN_IN.includes(name) || Object.hasOwn(BOXED, name)

/** The short names come back in their long form. */
export const longForm = (scope: string): string =>
  scope === 'email' || scope === 'profile' ? `${AUTH}userinfo.${scope}` : scope

/** Any of these opens account summaries (protos, google/analytics/admin/v1beta). */
export const READS = [`${AUTH}analytics.readonly`, `${AUTH}analytics.edit`]
