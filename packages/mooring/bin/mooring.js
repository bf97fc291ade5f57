#!/usr/bin/env node
// Mooring's source is TypeScript that Node runs as it is, from 22.18 on (type stripping).
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Mooring runs on Node 22.18 or newer; this is ${process.versions.node}. From a checkout, use npm or npx: they bring Node 24.\n`,
  )
  process.exit(3)
}
const { main } = await import('../src/cli/main.ts')
await main(process.argv.slice(2))
