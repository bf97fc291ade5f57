/** The library's names for tables, columns and cookies, and ours; and how often one address may ask. */

export const PEOPLE = {
  modelName: 'people',
  fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
}

export const LOGINS = {
  modelName: 'logins',
  fields: {
    accountId: 'account_id',
    providerId: 'provider_id',
    userId: 'person_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
}

/** A sign-in elsewhere leaves tokens, which nobody here needs: they are never stored. */
export const NO_TOKENS = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
}

export const TWO_FACTORS = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'two_factors',
    fields: {
      backupCodes: 'backup_codes',
      userId: 'person_id',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
}

export const PASSKEYS = {
  passkey: {
    modelName: 'passkeys',
    fields: {
      publicKey: 'public_key',
      userId: 'person_id',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at',
    },
  },
}

export const COOKIES = {
  session_token: 'session',
  session_data: 'session-data',
  account_data: 'account-data',
  dont_remember: 'session-short',
  two_factor: 'second-step',
  trust_device: 'known-device',
  'better-auth-passkey': 'passkey',
  state: 'sign-in-state',
}

/** Tries of one address in so many seconds; the password of one person has a limit of its own beside (sign-in.ts). */
export const RULES = {
  '/get-session': false as const,
  '/sign-in/email': { window: 60, max: 10 },
  '/sign-in/social': { window: 60, max: 30 },
  '/two-factor/*': { window: 60, max: 10 },
  '/passkey/*': { window: 60, max: 30 },
  // Limited before it is asked (sign-in.ts).
  '/request-password-reset': false as const,
  '/reset-password': { window: 600, max: 10 },
  '/change-password': { window: 60, max: 10 },
  '/verify-password': { window: 60, max: 10 },
}
