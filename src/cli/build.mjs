// `npm run build` builds what servers run. `--quick` is for trying things out and for the suite: it
// leaves out the check of types and the document of the API, and builds only after a change. This
// file is JavaScript so that every Node that is supported runs it before anything is built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMP = join(ROOT, 'dist', 'built.txt');
const FILES = ['.swcrc', 'nest-cli.json', 'package.json', 'package-lock.json'];
const FOLDERS = ['src', 'views/mail'];

/** What a build is made from: names, sizes and times of its files. */
function sources() {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const hash = createHash('sha256').update(process.version);
  for (const path of [...FILES, ...inFolders].sort()) {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    if (!path.endsWith('.spec.ts')) hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Runs a program of Node's; what it prints does not mix with what the caller prints. */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

const quick = process.argv.includes('--quick');
const now = sources();
if (quick && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now) process.exit(0);
node('node_modules/@nestjs/cli/bin/nest.js', 'build', ...(quick ? ['--no-type-check'] : []));
node('dist/cli/compile-emails.js');
if (!quick) node('dist/cli/compile-api.js');
node('dist/cli/compile-bundle.js', ...(quick ? [] : ['--keep']));
writeFileSync(STAMP, now);
