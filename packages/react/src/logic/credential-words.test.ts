import { describe, expect, it } from 'vitest'
import { codeSentence, connectedSentence, passwordPromise, returnAddress, triesSentence } from './credential-words.ts'
import { flow } from './flow.fixture.ts'

describe('where the code is', () => {
  it.each(['sms', 'email', 'whatsapp', 'authenticator', 'app', null] as const)('%s', (method) =>
    expect(codeSentence(method, 'Harbour')).toContain('Harbour'),
  )
})

describe('the promise about the password', () => {
  const parts = { service: 'Pilot', asker: { name: 'Larkspur', logo: null } }
  it('names the platform, the service and the end', () => {
    const [first, rest] = passwordPromise({ ...parts, keepsPassword: false }, 'Harbour')
    expect(first).toBe('Your password is sealed, used to sign in to Harbour through Pilot, and erased when this ends.')
    expect(rest).toContain('nobody at Larkspur can read it')
  })
  it('says so where it is kept', () => {
    const said = passwordPromise({ ...parts, keepsPassword: true }, 'Harbour').join(' ')
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

  it('goes back with the flow, and without what the address held of another', () => {
    const connected = flow({ state: 'connected', returnTo: 'https://shop.example/after?a=1&error=old&flow=other' })
    expect(returnAddress(connected, 'https://mooring.example')).toBe('https://shop.example/after?a=1&flow=f1')
  })
  it('names the fault of what failed, and of nothing else', () => {
    const error = { code: 'flow_expired', message: 'Too late.', operatorDetail: 'secret of the house' }
    const at = (state: 'failed' | 'connected') => returnAddress(flow({ state, error }), 'https://mooring.example')
    expect(at('failed')).toBe('https://mooring.example/connect/return?flow=f1&error=flow_expired&message=Too+late.')
    expect(at('connected')).toBe('https://mooring.example/connect/return?flow=f1')
  })
})
