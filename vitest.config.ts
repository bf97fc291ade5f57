import { defineConfig } from 'vitest/config'

const plain = [
  'packages/sandbox/**/*.test.ts',
  'packages/react/**/*.test.{ts,tsx}',
  'apps/**/*.test.{ts,tsx}',
  'packages/mooring/src/store/carried/**/*.test.ts',
  'packages/mooring/src/vault/**/*.test.ts',
  'packages/mooring/src/protocol/**/*.test.ts',
  'scripts/**/*.test.ts',
]
const limits = { testTimeout: 120_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // One less than the cores is the default, which is one on a machine of two; most of a test is waiting for PostgreSQL.
    maxWorkers: 2,
    projects: [
      { test: { name: 'plain', include: plain, ...limits } },
      {
        test: {
          name: 'database',
          include: ['packages/mooring/**/*.test.ts'],
          exclude: [...plain, '**/node_modules/**'],
          globalSetup: ['packages/mooring/test/postgres.ts'],
          ...limits,
        },
      },
    ],
  },
})
