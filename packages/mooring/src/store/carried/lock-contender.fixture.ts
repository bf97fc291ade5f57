/** One of many that take a lock again and again, and "die" holding it now and then. Says every breach of the lock. */
import { renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { takeLock } from './lock.ts'
import { ourIdentity } from './process.ts'

const [path = '', rounds = '0'] = process.argv.slice(2)
let [taken, breaches] = [0, 0]
for (let round = 0; round < Number(rounds); round++) {
  const lock = await takeLock(path)
  if (!('release' in lock)) continue
  taken++
  try {
    writeFileSync(`${path}-inside`, '', { flag: 'wx' })
  } catch {
    breaches++
  }
  rmSync(`${path}-inside`, { force: true })
  if (round % 3 === 0) {
    lock.release()
    continue
  }
  // a death: the lock stays, and names a pid that no process has
  const draft = `${path}-dead-${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...ourIdentity(), pid: 0x7fff_fff0, nonce: lock.nonce }))
  renameSync(draft, path)
}
writeSync(1, JSON.stringify({ taken, breaches }))
process.exit(0)
