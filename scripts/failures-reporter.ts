import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

/**
 * Writes what failed, and why, to the file that `MOORING_FAILURES` names, for the end of `npm test`: a reader of a log's
 * last lines sees it, also where no test failed but an error met nobody (a rejected promise, a socket without a listener).
 */
export default class FailuresReporter implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandled) => {
    const found: string[] = []
    for (const module of modules) {
      for (const error of module.errors()) found.push(tell(module.relativeModuleId, error))
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors()) found.push(tell(`${module.relativeModuleId} > ${suite.fullName}`, error))
      }
      for (const test of module.children.allTests('failed')) {
        for (const error of test.result().errors ?? [])
          found.push(tell(`${module.relativeModuleId} > ${test.fullName}`, error))
      }
    }
    for (const error of unhandled) found.push(tell('outside of any test', error))
    const file = process.env.MOORING_FAILURES
    if (file !== undefined) writeFileSync(file, found.join('\n\n'))
  }
}

const tell = (where: string, error: { message?: string; stack?: string }): string =>
  `${where}\n${(error.stack ?? error.message ?? String(error)).split('\n').slice(0, 12).join('\n')}`
