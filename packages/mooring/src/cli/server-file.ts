/**
 * How a command finds the server of a data folder: a file beside the data, readable by its owner alone, with the
 * server's address and a key that is made anew at every start.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Shape = z.object({ url: z.url(), key: z.string(), pid: z.number().int() })
export type ServerFile = z.infer<typeof Shape>

const pathIn = (dataDir: string) => join(dataDir, 'server.json')

export function writeServerFile(dataDir: string, content: ServerFile): void {
  const path = pathIn(dataDir)
  writeFileSync(`${path}.${content.pid}`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${path}.${content.pid}`, path)
}

/** The running server, or undefined where none runs. A file whose process is gone counts for nothing. */
export function readServerFile(dataDir: string): ServerFile | undefined {
  try {
    const parsed = Shape.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
    process.kill(parsed.pid, 0)
    return parsed
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as { code?: string }).code === 'EPERM'
      ? Shape.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
      : undefined
  }
}

export function removeServerFile(dataDir: string, pid: number): void {
  if (readServerFile(dataDir)?.pid === pid) rmSync(pathIn(dataDir), { force: true })
}
