import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, ROOT } from '../kernel/paths.js';
import { bundle } from './bundle.js';

// `npm run build` builds what servers run. `--quick` is for trying things out and for the suite: it
// leaves out the check of types and the document of the API, and builds only after a change.

const STAMP = join(DIST, 'built.txt');
const BUILT_FROM = ['src/**/*', '.swcrc', 'nest-cli.json', 'package.json', 'package-lock.json'];

/** What a build was made from: names, sizes and times of its files. */
function sources(): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of globSync(BUILT_FROM, { cwd: ROOT }).sort()) {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    if (!/\.spec\.ts$/.test(path)) hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Runs a program of Node's; what it prints does not mix with what the caller prints. */
function node(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

const quick = process.argv.includes('--quick');
const now = sources();
if (quick && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now) process.exit(0);
node('node_modules/@nestjs/cli/bin/nest.js', 'build', ...(quick ? ['--no-type-check'] : []));
node('dist/cli/compile-emails.js');
if (!quick) node('dist/cli/compile-api.js');
await bundle(!quick);
writeFileSync(STAMP, now);
