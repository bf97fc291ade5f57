// Plain JavaScript, for whatever Node is there: runs a TypeScript file under a Node that can, or says what to do.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This is Node ${process.versions.node}; Mooring runs on 22.18 or newer.\n` +
      'Node 24 comes with `npm ci`, by an install script of the package "node". If scripts are blocked here, run:\n\n' +
      '  npm rebuild node --ignore-scripts=false\n\n',
  )
  process.exit(3)
}
const [script, ...rest] = process.argv.slice(2)
process.argv = [process.argv[0], script, ...rest]
await import(new URL(`../${script}`, import.meta.url))
