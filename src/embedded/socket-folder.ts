import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './unprivileged.js';

/** Bytes of the longest path of a socket, without the zero at its end; 103 on macOS. */
const MAX_PATH_LENGTH = 103;
/** The server takes a list of folders, in which other characters have a meaning. */
const PLAIN = /^[\w./-]+$/;

function socketIn(folder: string, port: number): string {
  return join(folder, `.s.PGSQL.${port}`);
}

/**
 * Creates a folder for the server's Unix socket, through which a query takes a fifth less than
 * through loopback. It is in the system's folder for temporary files, because DATA_DIR may have a
 * long path or be on a disk without sockets. Only this user, and the account of the server, can
 * enter it.
 * @returns null if there can be none, as on Windows
 */
export function makeSocketFolder(
  port: number,
  account: Account | null,
  parent = tmpdir(),
): string | null {
  if (process.platform === 'win32') return null;
  const longest = socketIn(join(parent, 'sameboat-XXXXXX'), port);
  if (!PLAIN.test(parent) || Buffer.byteLength(longest) > MAX_PATH_LENGTH) return null;
  try {
    const folder = mkdtempSync(join(parent, 'sameboat-'));
    chmodSync(folder, 0o700);
    if (account !== null) chownSync(folder, account.uid, account.gid);
    return folder;
  } catch {
    // Without a folder for temporary files, everything goes through loopback.
    return null;
  }
}

export function removeSocketFolder(folder: string | null): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

/**
 * The address of a server: through its socket if it has one, with the loopback address for programs
 * that ignore the parameter `host`.
 * @param folder of the socket, as far as this process can see it
 */
export function withSocket(url: string, folder: string | null, port: number): string {
  if (folder === null || !existsSync(socketIn(folder, port))) return url;
  return `${url}?host=${encodeURIComponent(folder)}`;
}
