/**
 * The environment that our children get. Not our own: it can hold vault keys and client secrets, which PostgreSQL's
 * user could read in /proc; and PGDATA, PGPORT or PGOPTIONS in it would steer the server. The names here are the
 * operating system's, not configuration, which is why they are read here and not at the edge.
 */
const NEEDED = ['PATH', 'SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'TEMP', 'TMP', 'USERNAME'] as const

export function childEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }
  for (const name of NEEDED) {
    const value = process.env[name]
    if (value) environment[name] = value
  }
  return environment
}
