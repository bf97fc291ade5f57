/** How posts go out to Instagram, over either way in. */
import type { Publisher } from '../../../../provider-publishing.ts'
import { mediaFrom } from '../addresses.ts'
import { usage } from '../limits.ts'
import { checkFor } from './check.ts'
import { fit } from './check-files.ts'
import { nextFor } from './next.ts'
import { readBackFor } from './read-back.ts'
import { features, quotas } from './rules.ts'
import type { Stack } from './stack.ts'

export const containersOf = (stack: Stack) =>
  ({
    kinds: ['instagram'],
    sharedKinds: ['instagram'],
    features: () => features,
    check: checkFor(stack),
    fit,
    next: nextFor(stack),
    judge: stack.judge,
    readBack: readBackFor(stack),
    idFrom: mediaFrom,
    usage,
    quotas,
  }) satisfies Publisher
