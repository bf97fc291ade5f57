import { describe, expect, it } from 'vitest'
import { codeSentence, connectedSentence, passwordPromise, triesSentence } from './credential-words.ts'

describe('where the code is', () => {
  it.each(['sms', 'email', 'whatsapp', 'authenticator', 'app', null] as const)('%s', (method) =>
    expect(codeSentence(method, 'Harbour')).toContain('Harbour'),
  )
})

describe('the promise about the password', () => {
  const parts = { service: 'Pilot', platform: 'Harbour', asker: { name: 'Larkspur', logo: null } }
  it('names the platform, the service and the end', () => {
    const [first, rest] = passwordPromise({ ...parts, keepsPassword: false })
    expect(first).toBe('Your password is sealed, used to sign in to Harbour through Pilot, and erased when this ends.')
    expect(rest).toContain('nobody at Larkspur can read it')
  })
  it('says so where it is kept', () => {
    const said = passwordPromise({ ...parts, keepsPassword: true }).join(' ')
    expect(said).toContain('sealed and kept')
    expect(said).not.toContain('when this ends')
  })
})

describe('the tries that are left', () => {
  it.each([
    [5, null],
    [3, null],
    [2, '2 tries left this hour.'],
    [1, '1 try left this hour.'],
    [0, 'No tries are left this hour.'],
  ])('%i', (left, said) => expect(triesSentence(left)).toBe(said))
})

describe('the end', () => {
  const identity = { label: 'Ada Moreau', handle: null }
  it.each([
    [{ outcome: 'connected', identity }, 'You are there as Ada Moreau.'],
    [{ outcome: 'reconnected', identity: null }, 'You are signed in.'],
    [{ outcome: 'updated', identity }, 'It was connected already. We refreshed it.'],
  ] as const)('%#', (one, said) => expect(connectedSentence(one)).toBe(said))
})
