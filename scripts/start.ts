/** `npm start`: the console built if need be, then `mooring serve`, with the sandbox unless told otherwise. */
import { main } from '../packages/mooring/src/cli/main.ts'
import { buildConsole } from './build-console.ts'

const given = process.argv.slice(2)
// The variable decides where it is set; here it is only the default that differs from `mooring serve`.
if (!process.env.MOORING_SANDBOX) process.env.MOORING_SANDBOX = 'on'
buildConsole()
await main(['serve', ...given])
