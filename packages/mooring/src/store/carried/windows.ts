/**
 * The watcher on Windows, where there is neither a shell to count on nor signals: a small node process that starts the
 * server by pg_ctl, which gives up administrator's rights first (postgres.exe refuses to run with them), and stops it by
 * pg_ctl when the pipe from us ends. Text, not a module: it runs the same from source and from the published package.
 * Arguments: the program (initdb.exe or postgres.exe), then what it is given. `-D <folder>` is always among them.
 */
export const WINDOWS_WATCHER = `
const { spawn, spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { basename, dirname, join } = require('node:path')
const [program, ...args] = process.argv.slice(1)
const folder = args[args.indexOf('-D') + 1]
const control = join(dirname(program), 'pg_ctl.exe')
const quiet = { stdio: ['ignore', 2, 2], windowsHide: true }
const pidOf = () => {
  try { return Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10) } catch { return 0 }
}
const lives = (pid) => {
  try { process.kill(pid, 0); return true } catch (fault) { return fault.code === 'EPERM' }
}
if (/^initdb/i.test(basename(program))) {
  const child = spawn(program, args, quiet)
  process.stdout.write(child.pid + '\\n')
  process.stdin.on('end', () => child.kill()).on('error', () => child.kill()).resume()
  child.on('exit', (code) => process.exit(code ?? 1))
} else {
  const quoted = args.filter((_, at) => at !== args.indexOf('-D') && at !== args.indexOf('-D') + 1)
    .map((arg) => '"' + arg.replaceAll('"', '\\\\"') + '"').join(' ')
  const started = spawnSync(control, ['start', '-D', folder, '-s', '-w', '-t', '120', '-o', quoted], quiet)
  const pid = pidOf()
  process.stdout.write(pid + '\\n')
  if (started.status !== 0 || !pid) process.exit(started.status || 1)
  const stop = () => {
    const fast = spawnSync(control, ['stop', '-D', folder, '-s', '-w', '-m', 'fast', '-t', '10'], quiet)
    if (fast.status !== 0) spawnSync(control, ['stop', '-D', folder, '-s', '-w', '-m', 'immediate', '-t', '10'], quiet)
    process.exit(0)
  }
  process.stdin.on('end', stop).on('error', stop).resume()
  setInterval(() => { if (!lives(pid)) process.exit(1) }, 1000)
}
`
