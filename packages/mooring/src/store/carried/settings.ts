/** The two files that PostgreSQL reads at start, as text. */

export interface SettingsInput {
  major: number
  fsync: boolean
  platform: NodeJS.Platform
}

/**
 * For a laptop: little memory, few helper processes. They stand in a file, not on the command line, so that what an
 * operator sets by ALTER SYSTEM wins over them.
 */
export function settingsText({ major, fsync, platform }: SettingsInput): string {
  const settings: Record<string, string | number> = {
    max_connections: 100,
    shared_buffers: '32MB',
    maintenance_work_mem: '32MB',
    max_worker_processes: 4,
    max_parallel_workers: 2,
    jit: 'off',
    huge_pages: 'off',
    // no replicas hang on this server, and backups are logical
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_replication_slots: 0,
    max_logical_replication_workers: 0,
    min_wal_size: '64MB',
    max_wal_size: '256MB',
    autovacuum: 'on',
    autovacuum_max_workers: 2,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, ymd',
    lc_messages: 'C',
    lc_monetary: 'C',
    lc_numeric: 'C',
    lc_time: 'C',
    default_text_search_config: 'pg_catalog.simple',
    unix_socket_permissions: '0700',
    // The log must not hold what people stored: no statements, no parameters, and no DETAIL, which quotes key values.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  }
  // 18 brought helper processes for reading, which cost memory and win nothing at this size
  if (major >= 18) settings.io_method = 'sync'
  // on macOS the default does not reach the platter: fsync(2) there leaves data in the drive's cache
  if (platform === 'darwin') settings.wal_sync_method = 'fsync_writethrough'
  // what was acknowledged still survives the death of PostgreSQL itself: the kernel has it
  if (!fsync) settings.fsync = 'off'
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `# Written by Mooring at every start. For a setting of your own use ALTER SYSTEM.\n${lines.join('\n')}\n`
}

/**
 * On unix the superuser needs no password: the socket's folder is 0700, so only its owner and root reach it, and both
 * can read the data files anyway. `peer` would not do, because as root we are another user than PostgreSQL. Everyone
 * else, the role that the app logs in as included, gives a password.
 */
export function accessText(platform: NodeJS.Platform, superuser: string): string {
  const rules =
    platform === 'win32'
      ? ['host all all 127.0.0.1/32 scram-sha-256']
      : [`local all ${superuser} trust`, 'local all all scram-sha-256']
  return `# Written by Mooring at every start.\n${rules.join('\n')}\n`
}
