/** What the conformance suite has to be told of a provider. */
import type { World } from '../world.ts'

export type Steering = Parameters<World['sandbox']['control']['apply']>[0]
export type Member = 'mara' | 'tomas' | 'ines' | 'priya'

/** What a platform does not have, and how the suite sees that this is so. */
export interface Cannot {
  /** For whoever reads the suite's output. */
  because: string
}

export interface Fixture {
  /** Names of the sandbox's endpoints, without the platform's. */
  endpoints: {
    /** Code for token. */
    token: string
    /** A renewal, where it is another one. */
    renew?: string
    /** Who authorized. */
    identity: string
    /** Paged lists of accounts. */
    accounts?: string
  }
  /** Whom the sandbox's first person is to the platform, and which field says so. */
  subject: string
  subjectField: string
  /** Another identity than the first person's. */
  other: Member
  /** How many accounts the first person can choose, and how many kinds are among them. */
  accounts: { selectable: number; kinds: readonly string[] }
  /** Somebody with more than one page of accounts. */
  paging: { member: Member; accounts: number } | Cannot
  /** Boxes that are unticked, or a fault that narrows the grant, and what is missing then. */
  partial: (({ untick: readonly string[] } | { steer: Steering }) & { missing: readonly string[] }) | Cannot
  /** Seconds until a renewal is due. */
  renewalDueAfter: number
  /** The person takes the grant back at the platform. */
  revoke: Steering
  /** The app's secret was changed at the platform. */
  refuseSecret: Steering
  /** A full limit, in the platform's own words, at the identity. */
  limit: Steering
  /** What the platform answers to a disconnect. */
  revoked: 'yes' | 'no' | 'unsupported'
  /** Refusals at the identity: what the platform answers, and the state that the connection is in after a test. */
  errors: readonly { name: string; status: number; body: unknown; state: 'connected' | 'reauthorize'; code?: string }[]
}
