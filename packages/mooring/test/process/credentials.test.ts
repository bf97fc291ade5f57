/** A flow by credentials whose process is killed at each state: it goes on, or ends with a sentence, and no password stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../world.ts'
import { cleanUp, dataFolder, launch, type Server, startServer, until } from './harness.ts'
import { steer } from './person.ts'

afterAll(cleanUp)

describe('killed while a person signs in', () => {
  let sandbox: string
  let server: Server
  let env: Record<string, string>
  beforeAll(async () => {
    const apart = launch(['sandbox', '--port', '0', '--only', 'unipile', '--json'], { MOORING_DATA_DIR: dataFolder() })
    await until('the sandbox runs', () => apart.over() || /^}$/m.test(apart.out()))
    const { url, origins, apps } = JSON.parse(apart.out())
    sandbox = url
    const { clientSecret } = apps.find((one: Json) => one.registration === 'unipile')
    env = { UNIPILE_API_KEY: clientSecret, MOORING_PLATFORM_ORIGINS: JSON.stringify(origins) }
    server = await startServer({ args: ['--no-sandbox'], env })
  })

  const killed = async () => {
    await server.stop('SIGKILL')
    server = await startServer({ args: ['--no-sandbox'], env, dataDir: server.dataDir, port: server.port })
  }
  const begin = async (endUser: string): Promise<string> =>
    (await server.api('POST', '/flows', { provider: 'unipile', endUser })).body.id
  const look = async (id: string): Promise<Json> => (await server.api('GET', `/flows/${id}`)).body
  const submit = (id: string, person: string) => {
    const typed = { username: `${person}@sandbox.example`, password: 'sandbox-password' }
    return server.api('POST', `/flows/${id}/credentials`, typed).catch((error: Error) => error)
  }
  const ends = async (id: string): Promise<Json> => {
    await until('the flow is not connecting any more', async () => (await look(id)).state !== 'connecting')
    return look(id)
  }

  it('at the form: it is there still', async () => {
    const id = await begin('form')
    await killed()
    expect(await look(id)).toMatchObject({ state: 'pending', error: null })
    await submit(id, 'ada')
    expect(await ends(id)).toMatchObject({ state: 'connected' })
  })

  it('while the service is asked: the form comes again, and says why', async () => {
    await steer(sandbox, { unipile: { settings: { slowMs: 60_000 } } })
    const id = await begin('asked')
    const answer = submit(id, 'slow')
    await until('the service is asked', async () => (await look(id)).state === 'connecting')
    await killed()
    expect(await answer).toBeInstanceOf(Error)
    expect(await ends(id)).toMatchObject({ state: 'pending', error: { code: 'attempt_interrupted' } })
  })

  it('while a code is waited for: the code connects', async () => {
    const id = await begin('code')
    await submit(id, 'sms')
    expect(await ends(id)).toMatchObject({ state: 'checkpoint', checkpoint: 'code' })
    await killed()
    await server.api('POST', `/flows/${id}/checkpoint`, { code: '123456' })
    expect(await ends(id)).toMatchObject({ state: 'connected' })
  })

  it('while an approval is waited for: it is heard of, though no browser looks', async () => {
    const id = await begin('approval')
    await submit(id, 'approve')
    expect(await ends(id)).toMatchObject({ state: 'checkpoint', checkpoint: 'approval' })
    await killed()
    // The sweep comes once a minute, and looks at what has waited for half of one: longer than `until` waits at once.
    const there = async () => (await server.api('GET', '/connections')).body.data.length === 3
    await until('a connection is there', there).catch(() => until('a connection is there', there))
    expect(await look(id)).toMatchObject({ state: 'connected' })
  }, 180_000)
})
