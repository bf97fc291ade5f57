/** What schemas are made of. */
import { z } from '@hono/zod-openapi'

/** Text from outside. PostgreSQL stores every character but this one. */
export const text = () => z.string().refine((value) => !value.includes('\0'), 'holds a NUL character')
