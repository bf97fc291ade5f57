import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.ts'

// Workers read this file again: the first reading installs what is missing, the others find it by the variable.
process.env.CHROMIUM ??= findChromium()

const phone = { viewport: { width: 380, height: 800 }, hasTouch: true, isMobile: true }

export default defineConfig({
  testDir: 'e2e',
  // One server a worker; on two cores more workers only wait for each other.
  workers: 2,
  fullyParallel: false,
  // Machines are noisy; a limit is for what hangs.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  projects: [
    { name: 'desk, dark', use: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' } },
    // An example is a host's page; that it works is seen once.
    { name: 'phone, light', testIgnore: 'example-*.spec.ts', use: { ...phone, colorScheme: 'light' } },
    // How it looks and reads does not depend on what it does: the other two looks see the screens alone.
    {
      name: 'desk, light',
      testMatch: 'screens.spec.ts',
      use: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
    },
    { name: 'phone, dark', testMatch: 'screens.spec.ts', use: { ...phone, colorScheme: 'dark' } },
  ],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      // Chromium's own calls home are off, so that a request to another host is one of ours.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
})
