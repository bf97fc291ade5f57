/** How posts go out to Instagram, over either way in. */
import type { Publisher } from '../../../../provider-publishing.ts'
import { judge } from '../faults.ts'
import { usage } from '../limits.ts'
import { checkFor, fit } from './check.ts'
import { readBackFor } from './read-back.ts'
import { features, quotas } from './rules.ts'
import type { Stack } from './stack.ts'
import { nextFor } from './steps.ts'

export type { Stack } from './stack.ts'

/** `https://www.instagram.com/p/<shortcode>/`, `/reel/…`: the id is in no address. */
const ADDRESS = /^https:\/\/(?:www\.)?instagram\.com\/(?:[\w.]+\/)?(?:p|reel|tv|stories\/[\w.]+)\/[\w-]+\/?(?:\?.*)?$/

export const containersOf = (stack: Stack) =>
  ({
    kinds: ['instagram'],
    features: () => features,
    check: checkFor(stack),
    fit,
    next: nextFor(stack),
    judge,
    readBack: readBackFor(stack),
    idFrom: (pasted) => (ADDRESS.test(pasted) ? { id: '', url: pasted } : undefined),
    usage,
    quotas,
  }) satisfies Publisher
