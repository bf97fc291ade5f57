/** Answers of `GET /2/users/me` beyond what the sandbox plays. */
import { describe, expect, it } from 'vitest'
import type { ApiContext } from '../../provider.ts'
import { accounts } from './accounts.ts'
import { identity, subjectFrom } from './identity.ts'

function context(body: unknown, scopes: readonly string[] = ['tweet.read', 'users.read']) {
  const asked: string[] = []
  const call: ApiContext['call'] = async ({ url }) => {
    asked.push(url)
    return { status: 200, headers: new Headers(), body }
  }
  return { asked, context: { call, scopes, settings: {} } }
}

describe('who authorized', () => {
  it('is an id of digits, kept as text', async () => {
    const { context: given, asked } = context({
      data: { id: '1790000000000000101', name: 'Mara', username: 'mara', profile_image_url: 'https://pbs.twimg.com/a' },
    })
    expect(await identity(given)).toEqual({
      subject: '1790000000000000101',
      label: 'Mara',
      handle: 'mara',
      email: undefined,
      picture: 'https://pbs.twimg.com/a',
      traits: { plan: 'none' },
    })
    expect(asked).toEqual([
      'https://api.x.com/2/users/me?user.fields=profile_image_url,subscription_type,verified_type',
    ])
  })

  it.each([
    [{}, 'none'],
    [{ subscription_type: 'None', verified_type: 'none' }, 'none'],
    [{ subscription_type: 'Premium', verified_type: 'blue' }, 'premium'],
    [{ subscription_type: 'PremiumPlus' }, 'premiumplus'],
    [{ subscription_type: 'Basic', verified_type: 'none' }, 'basic'],
    [{ verified_type: 'blue' }, 'premium'],
    [{ subscription_type: 'None', verified_type: 'business' }, 'premium'],
  ])('with %j has the plan %s', async (rest, plan) => {
    expect((await identity(context({ data: { id: '1', ...rest } }).context)).traits).toEqual({ plan })
  })

  it('asks for the e-mail address only where it may see it', async () => {
    const { context: given, asked } = context({ data: { id: '1', confirmed_email: 'm@example.com' } }, ['users.email'])
    expect(await identity(given)).toMatchObject({ label: 'X user', email: 'm@example.com' })
    expect(asked[0]).toContain('confirmed_email')
  })

  it.each([
    // An id that a parser has rounded already is no id.
    [{ data: { id: 1790000000000000000, username: 'mara' } }],
    [{ errors: [{ title: 'Not Found Error' }] }],
    [{}],
    [[]],
  ])('%j is not read', async (body) => {
    await expect(identity(context(body).context)).rejects.toMatchObject({ code: 'provider_answer_invalid' })
  })

  it.each([
    ['2244994', '2244994'],
    ['1790000000000000101', '1790000000000000101'],
    ['17900000000000001010', undefined],
    ['@mara', undefined],
    ['', undefined],
  ])('%j from another system is %j', (id, subject) => {
    expect(subjectFrom(id)).toBe(subject)
  })
})

describe('what can be connected', () => {
  const me = { subject: '7', label: 'Mara', handle: 'mara' }

  it('is the person, and costs no further call', async () => {
    const { context: given, asked } = context({}, ['tweet.write'])
    expect(await accounts(given, me)).toEqual([
      { kind: 'person', subject: '7', label: 'Mara', handle: 'mara', picture: undefined, note: 'Your own profile' },
    ])
    expect(asked).toEqual([])
  })

  it('with the plan that its posts go by', async () => {
    const [account] = await accounts(context({}).context, { ...me, traits: { plan: 'premium' } })
    expect(account?.traits).toEqual({ plan: 'premium' })
  })

  it('says what is missing where posting is not allowed', async () => {
    expect((await accounts(context({}, ['tweet.read']).context, me))[0]?.unusable).toBe(
      'The permission to post as you is missing.',
    )
  })
})
