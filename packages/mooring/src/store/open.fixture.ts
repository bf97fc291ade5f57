/** A process that opens a database as the server does, and says what it did. Its one argument is the admin's login as JSON. */
import type { LogFields } from '../runtime.ts'
import { openDatabase } from './open.ts'

const said: { level: string; message: string; fields: LogFields }[] = []
const write = (level: string) => (fields: LogFields, message: string) => void said.push({ level, message, fields })
const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }

try {
  const db = await openDatabase({ admin: JSON.parse(process.argv[2] ?? '{}') }, log)
  const { rows } = await db.pool.query('select current_user as role')
  await db.close()
  process.stdout.write(JSON.stringify({ role: rows[0].role, said }))
} catch (error) {
  process.stdout.write(JSON.stringify({ code: (error as { code?: string }).code, said }))
  process.exitCode = 1
}
