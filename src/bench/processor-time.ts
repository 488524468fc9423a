import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** CPU time that a process has used, in milliseconds; 0 if /proc does not report it. */
export function processorTime(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
}

/**
 * CPU time that all processes of a PostgreSQL server on this machine have used, in milliseconds,
 * including those that ended; 0 if the server is elsewhere.
 */
export async function databaseProcessorTime(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number; local: boolean }>(`
    select pg_backend_pid() as pid,
      coalesce(inet_server_addr() << '127.0.0.0/8', true) as local
  `);
  const [backend] = rows;
  if (backend?.local !== true) return 0;
  const server = Number(statOf(backend.pid)[1] ?? 0);
  if (server === 0) return 0;
  const ended = statOf(server);
  return (
    (Number(ended[13] ?? 0) + Number(ended[14] ?? 0)) * 10 +
    childrenOf(server).reduce((sum, pid) => sum + processorTime(pid), processorTime(server))
  );
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)[1]) === parent);
}

/** The fields after the name, which may contain spaces; times are in hundredths of a second. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // No /proc here, or the process has ended.
    return [];
  }
}
