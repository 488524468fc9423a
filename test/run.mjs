// Runs what has to hold. Without arguments: types, lint, build and every spec. With `--only KIND`
// (unit, db, e2e, browser) or names of specs: those alone; what begins with a dash goes to Jest.
// The last line counts.
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from './support/chromium-path.mjs';

const KINDS = ['unit', 'db', 'e2e', 'browser'];
// As `npm start` builds: nothing where nothing has changed.
const BUILD = ['src/cli/build.mjs', '--quick'];

let passed = 0;
let failed = 0;

function count(name, well) {
  console.log(`${well ? 'ok' : 'FAILED'}: ${name}`);
  if (well) passed += 1;
  else failed += 1;
  return well;
}

/** Runs a program of Node's. @param quietly keeps what it prints until it ends */
function node(args, quietly = false) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: quietly ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.once('close', (code) => {
      process.stdout.write(text);
      resolve(code === 0);
    });
  });
}

async function step(name, args) {
  return count(name, await node(args, true));
}

/** The kinds that can run here: without a Chromium no browser suite, which CI does not accept. */
function possible(kinds) {
  if (!kinds.includes('browser') || existsSync(CHROMIUM)) return kinds;
  if (process.env.CI) {
    count('the browser suite needs Chromium (CHROMIUM_PATH)', false);
  } else {
    console.log(
      '\n*** SKIPPED: no Chromium here, so the browser suite did not run. Set CHROMIUM_PATH. ***\n',
    );
  }
  return kinds.filter((kind) => kind !== 'browser');
}

async function jest(kinds, args) {
  const results = join(tmpdir(), `sameboat-results-${process.pid}.json`);
  const well = await node([
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${results}`,
    ...args,
    '--selectProjects',
    ...kinds,
  ]);
  if (!existsSync(results)) return void (failed += 1);
  const counts = JSON.parse(readFileSync(results, 'utf8'));
  rmSync(results);
  passed += counts.numPassedTests;
  failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  if (!well && failed === 0) failed = 1;
}

async function everything() {
  const lint = step('lint', ['node_modules/eslint/bin/eslint.js', '.']);
  await step('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
  const built = await step('build', BUILD);
  const kinds = possible(KINDS);
  if (built) await jest(kinds, []);
  await lint;
}

/** The specs whose path holds one of the names. */
function specs(names) {
  const all = ['src', 'test'].flatMap((folder) => globSync(`${folder}/**/*{.,-}spec.ts`));
  return all.filter((path) => names.some((name) => path.includes(name.replace(/^\.\//, ''))));
}

async function some(kinds, names, options) {
  const chosen = names.length > 0 ? specs(names) : [];
  if (names.length > 0 && chosen.length === 0)
    return void count(`no spec is called ${names.join(' ')}`, false);
  // Only what starts a built entry point as an operator would asks for a build.
  const starts =
    names.length > 0
      ? chosen.some((path) => readFileSync(path, 'utf8').includes('support/process.js'))
      : kinds.includes('e2e');
  if (starts && !(await step('build', BUILD))) return;
  const able = possible(kinds);
  if (able.length > 0) await jest(able, [...chosen, ...options]);
}

const args = process.argv.slice(2);
const only = args.indexOf('--only');
const kinds = only === -1 ? KINDS : args.splice(only, 2).slice(1);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const names = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
if (only === -1 && args.length === 0) await everything();
else await some(kinds, names, options);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
