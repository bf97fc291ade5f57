import { nextHandlers } from 'mooring/next'
import { openOnce } from '../../../lib/mooring'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(openOnce)
