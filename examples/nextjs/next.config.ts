import type { NextConfig } from 'next'

const config: NextConfig = {
  // It starts PostgreSQL and reads its own files: it is loaded as it is, and not bundled.
  serverExternalPackages: ['mooring'],
}

export default config
