/** Only a part of the socket's name: the server has no TCP port. */
export const SERVER_PORT = 5432;

/**
 * Settings of the embedded server, given on its command line so that they hold whatever a configuration file in an older cluster says.
 * Lean, for one machine shared with Antiphon itself; durable, always.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  // No door but the unix socket in a folder that only its owner can enter.
  listen_addresses: '',
  port: String(SERVER_PORT),
  unix_socket_permissions: '0700',

  // Nothing is acknowledged that a loss of power could take back.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  // Memory.
  shared_buffers: '32MB',
  max_connections: '60',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  // Our statements are short; compiling them costs more time and memory than it saves.
  jit: 'off',
  // Without this, PostgreSQL 18 keeps three processes for reading ahead.
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '0',
  autovacuum: 'on',
  autovacuum_max_workers: '2',

  // Disk: the log of a small installation stays small. `replica` keeps base backups possible.
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  wal_level: 'replica',
  max_wal_senders: '4',
  max_logical_replication_workers: '0',

  // Messages: what someone must act on. Terse, because the details of an error quote rows, which hold people's data.
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'warning',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %a ',
  lc_messages: 'C',
  log_timezone: 'UTC',
  timezone: 'UTC',
  cluster_name: 'antiphon',
};

/** What may be lost for speed, in databases that are thrown away. */
const UNSAFE_SETTINGS: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The command line of the server. */
export function toServerArguments(clusterDir: string, socketDir: string, isSynced: boolean): string[] {
  // A list of folders, so a name with a comma has to be quoted.
  const folders = `"${socketDir.replaceAll('"', '""')}"`;
  const settings = { ...SETTINGS, ...(isSynced ? {} : UNSAFE_SETTINGS), unix_socket_directories: folders };
  return ['-D', clusterDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
