import { randomUUID } from 'node:crypto'
import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskStorage } from './disk.ts'
import { pieces } from './testing.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-disk-'))
})
afterEach(() => rm(folder, { recursive: true }))

const workspace = randomUUID()
const named = async () => (await readdir(join(folder, workspace)).catch(() => [])).sort()

/** A disk on which the second write of a file fails so. */
const failing = (code: string): typeof open =>
  (async (...parts: Parameters<typeof open>) => {
    const handle = await open(...parts)
    const write = handle.writeFile.bind(handle)
    let writes = 0
    handle.writeFile = (async (data: Uint8Array) => {
      writes += 1
      if (writes > 1) throw Object.assign(new Error(`${code}: ${folder}`), { code })
      return write(data)
    }) as typeof handle.writeFile
    return handle
  }) as typeof open

describe('a folder of files', () => {
  it('is the server’s alone', async () => {
    const id = randomUUID()
    await diskStorage(folder).write(workspace, id, pieces(Buffer.from('x')))
    expect((await stat(join(folder, workspace, id))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, workspace))).mode & 0o777).toBe(0o700)
  })

  it('is made when it is wanted first', async () => {
    const id = randomUUID()
    await diskStorage(join(folder, 'a/b')).write(workspace, id, pieces(Buffer.from('x')))
    expect(await readdir(join(folder, 'a/b', workspace))).toEqual([id])
  })

  it('shows a file under its name when it is whole, and not before', async () => {
    const id = randomUUID()
    const seen: string[][] = []
    async function* slow() {
      yield Buffer.from('one')
      seen.push(await named())
      yield Buffer.from('two')
    }
    await diskStorage(folder).write(workspace, id, slow())
    expect(seen).toEqual([[`${id}.part`]])
    expect(await named()).toEqual([id])
  })

  it.each([
    ['ENOSPC', 'storage_full'],
    ['EDQUOT', 'storage_full'],
    ['EIO', 'storage_unavailable'],
    ['EROFS', 'storage_unavailable'],
  ])('that says %s in the middle of a file is %s, and keeps nothing of it', async (says, code) => {
    const storage = diskStorage(folder, failing(says))
    await expect(storage.write(workspace, randomUUID(), pieces(Buffer.alloc(5000)))).rejects.toMatchObject({ code })
    expect(await named()).toEqual([])
  })

  it('with too little room refuses a file before any of it comes', async () => {
    let asked = false
    async function* bytes() {
      asked = true
      yield Buffer.from('x')
    }
    const write = diskStorage(folder).write(workspace, randomUUID(), bytes(), 2 ** 52)
    await expect(write).rejects.toMatchObject({ code: 'storage_full', status: 507 })
    expect(asked).toBe(false)
  })

  it('tells of what a dead server left half-written, so that it can be removed, and of nothing that is not ours', async () => {
    const storage = diskStorage(folder)
    const [whole, half] = [randomUUID(), randomUUID()]
    await storage.write(workspace, whole, pieces(Buffer.from('x')))
    await writeFile(join(folder, workspace, `${half}.part`), 'x')
    await writeFile(join(folder, workspace, 'notes.txt'), 'x')
    const found: string[] = []
    for await (const { id } of storage.list(workspace)) found.push(id)
    expect(found.sort()).toEqual([whole, half].sort())
    await storage.remove(workspace, half)
    expect(await named()).toEqual([whole, 'notes.txt'].sort())
  })

  it('that cannot be reached is no file that is gone', async () => {
    await writeFile(join(folder, workspace), 'a file where a folder should be')
    await expect(diskStorage(folder).read(workspace, randomUUID())).rejects.toMatchObject({
      code: 'storage_unavailable',
      detail: 'The disk that holds the files: Error ENOTDIR.',
    })
  })
})
