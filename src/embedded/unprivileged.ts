import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account under which to run PostgreSQL, which refuses to run as root: `postgres`, or `nobody`
 * if that does not exist.
 * @returns null if this process does not run as root
 */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account =
    lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return { uid: Number(account?.[2] ?? 65_534), gid: Number(account?.[3] ?? 65_534) };
}

function othersMayPass(path: string): boolean {
  const mode = statSync(path).mode;
  return (mode & 0o001) !== 0;
}

/** Whether other accounts can traverse every folder above the path. */
export function reachableByOthers(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!othersMayPass(folder)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The command that runs a program under an account. If the account cannot traverse the folders
 * above (a home of root, a private temporary folder), the program keeps a single capability, to
 * traverse folders and read files. The securebit is needed because access(2), which initdb uses to
 * find its neighbour, would otherwise ignore it.
 */
export function commandUnder(
  account: Account,
  program: string,
  args: string[],
  closed: boolean,
): { file: string; args: string[] } {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => executable(path));
  if (setpriv === undefined) {
    if (closed)
      throw new Error(
        'the folder is closed to the database user and `setpriv` (util-linux) is not installed: ' +
          'move the project to a folder that others may pass, or run it as an ordinary user',
      );
    return { file: program, args };
  }
  const rights = closed
    ? [
        '--securebits=+no_setuid_fixup',
        '--inh-caps=-all,+dac_override',
        '--ambient-caps=-all,+dac_override',
      ]
    : ['--inh-caps=-all'];
  return {
    file: setpriv,
    args: [
      '--pdeathsig=INT',
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      '--clear-groups',
      ...rights,
      '--',
      program,
      ...args,
    ],
  };
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Does not exist or is not executable: the next path is tried.
    return false;
  }
}

/** Changes the owner of a folder recursively. */
export function chownTree(folder: string, account: Account): void {
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
}
