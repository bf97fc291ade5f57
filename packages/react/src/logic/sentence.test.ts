import { describe, expect, it } from 'vitest'
import { firstSentence, heading } from './sentence.ts'

describe('the first sentence', () => {
  it.each([
    ['Ends on 23 Oct 2026. Reconnect takes a minute.', 'Ends on 23 Oct 2026.', 'Reconnect takes a minute.'],
    ['Access was removed on x.com. Reconnect.', 'Access was removed on x.com.', 'Reconnect.'],
    ['No full stop', 'No full stop', ''],
    ['Only one.', 'Only one.', ''],
  ])('%s', (text, first, rest) => expect(firstSentence(text)).toEqual([first, rest]))

  it('a heading has no full stop', () => expect(heading('LinkedIn is connected.')).toBe('LinkedIn is connected'))
})
