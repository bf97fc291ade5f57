import { count, sentenceList, type Vault, type VaultKey, type VaultProcess } from '@mooring/react'

/** What is no sealed value at all is listed under this id. */
const NOT_SEALED = 'none'

export interface Ring {
  sealing: VaultKey | undefined
  /** How much rests on the newest key, 0 to 1; 1 where there is nothing. */
  moved: number
  /** Values on older keys of this ring: what sealing anew moves. */
  older: number
  /** Keys that values rest on and this server does not have. */
  unknown: VaultKey[]
  /** Processes that do not seal with the newest key. */
  behind: VaultProcess[]
}

/** How the ring stands. Pure. */
export function ringOf({ keys, processes, total }: Vault): Ring {
  const sealing = keys.find((one) => one.sealing)
  return {
    sealing,
    moved: total === 0 ? 1 : (sealing?.values ?? 0) / total,
    older: keys.filter((one) => one.inRing && !one.sealing).reduce((sum, one) => sum + one.values, 0),
    unknown: keys.filter((one) => !one.inRing && one.values > 0),
    behind: processes.filter((one) => one.kids[0] !== sealing?.kid),
  }
}

export interface KeyLook {
  label: string
  tone: 'ok' | 'warn' | 'bad' | 'idle'
  icon: 'lock' | 'lock-open' | 'check' | 'circle-question-mark'
}

export function lookOf(key: VaultKey, safeToRemove: readonly string[]): KeyLook {
  if (key.sealing) return { label: 'Active', tone: 'ok', icon: 'lock' }
  if (key.kid === NOT_SEALED) return { label: 'Not sealed', tone: 'bad', icon: 'lock-open' }
  if (!key.inRing && key.values > 0) return { label: 'Unknown key', tone: 'bad', icon: 'circle-question-mark' }
  if (safeToRemove.includes(key.kid)) return { label: 'Unused', tone: 'idle', icon: 'check' }
  if (!key.inRing) return { label: 'On another process', tone: 'warn', icon: 'circle-question-mark' }
  return { label: 'Opens only', tone: 'idle', icon: 'lock-open' }
}

export interface Saying {
  tone: 'ok' | 'warn' | 'bad' | 'idle'
  text: string
}

/** What there is to do about the ring, the worst first; where there is nothing, that. */
export function sayingsOf(vault: Vault): Saying[] {
  const { unknown, behind, older, sealing } = ringOf(vault)
  const lost = unknown.reduce((sum, one) => sum + one.values, 0)
  const says: (Saying | false)[] = [
    lost > 0 && {
      tone: 'bad',
      text: `${count(lost, 'value')} cannot be opened here. Put the ${unknown.length === 1 ? 'key' : 'keys'} ${names(unknown.map((one) => one.kid))} back into MOORING_VAULT_KEYS, behind the newest key, and restart.`,
    },
    behind.length > 0 && {
      tone: 'warn',
      text: `${count(behind.length, 'process', 'processes')} ${behind.length === 1 ? 'seals' : 'seal'} with another key than this one. Give all of them the same keys first, then re-seal.`,
    },
    older > 0 && {
      tone: 'idle',
      text: `${count(older, 'value')} still ${older === 1 ? 'rests' : 'rest'} on an older key. Re-seal, and it can go.`,
    },
    vault.safeToRemove.length > 0 && {
      tone: 'ok',
      text: unused(vault.safeToRemove),
    },
  ]
  const found = says.filter((one) => one !== false)
  if (found.length > 0) return found
  return [
    {
      tone: 'ok',
      text: vault.total === 0 ? 'Nothing is sealed yet.' : `Everything rests on ${sealing?.kid ?? 'one key'}.`,
    },
  ]
}

/** A key that was just added, for the next move, looks the same as one that is done with. */
const unused = (kids: readonly string[]) =>
  kids.length === 1
    ? `Nothing rests on ${names(kids)}. An old key may be removed from MOORING_VAULT_KEYS; a new one is ready to be put in front.`
    : `Nothing rests on ${names(kids)}. Old keys may be removed from MOORING_VAULT_KEYS; new ones are ready to be put in front.`

const names = (kids: readonly string[]) => sentenceList(kids)
