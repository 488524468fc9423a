// `npm run build` builds the server. `--quick`, for development and the test suite, skips type
// checking and the OpenAPI document, and builds only after a change. A JavaScript file, so that
// every supported Node can run it before anything is built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMP = join(ROOT, 'dist', 'built.txt');
const FILES = ['.swcrc', 'nest-cli.json', 'package.json', 'package-lock.json'];
const FOLDERS = ['src', 'views/mail'];

/** The inputs of a build: names, sizes and modification times of its files. */
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

/** Runs a Node program. Its output goes to stderr, separate from the caller's. */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

const quick = process.argv.includes('--quick');
const now = sources();
if (quick && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now) process.exit(0);
node('node_modules/@nestjs/cli/bin/nest.js', 'build', ...(quick ? ['--no-type-check'] : []));
node('dist/cli/compile-emails.js');
node('dist/cli/compile-classifier.js');
if (!quick) node('dist/cli/compile-api.js');
node('dist/cli/compile-bundle.js', ...(quick ? [] : ['--keep']));
writeFileSync(STAMP, now);
