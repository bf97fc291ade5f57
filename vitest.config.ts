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
    // One more than two cores: much of a test is waiting, for PostgreSQL and for what a killed process left.
    maxWorkers: 3,
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
