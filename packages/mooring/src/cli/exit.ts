/** A command's exit code says what kind of thing went wrong, so that a script can tell. Documented in docs/guides/cli.md. */
import type { ErrorCode } from '../error.ts'

export const EXIT = { ok: 0, failed: 1, usage: 2, config: 3, person: 4, platform: 5, unreachable: 6 } as const

export function exitCode(code: ErrorCode): number {
  switch (code) {
    case 'config_invalid':
    case 'misconfigured':
    case 'provider_not_configured':
    case 'redirect_uri_mismatch':
    case 'vault_unknown_key':
    case 'unauthorized':
    case 'forbidden':
      return EXIT.config
    case 'reauthorize':
    case 'disconnected':
    case 'access_denied':
    case 'scope_not_granted':
    case 'wrong_identity':
    case 'permission':
      return EXIT.person
    case 'provider_unavailable':
    case 'provider_rate_limited':
    case 'provider_answer_invalid':
    case 'failing':
      return EXIT.platform
    case 'database_unavailable':
    case 'database_locked':
    case 'database_missing':
    case 'database_version':
      return EXIT.unreachable
    case 'invalid_request':
      return EXIT.usage
    default:
      return EXIT.failed
  }
}
