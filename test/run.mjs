// Everything that has to hold: types, lint, build, and every spec. The last line counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const results = join(tmpdir(), `sameboat-results-${process.pid}.json`);
let passed = 0;
let failed = 0;

function step(name, args, env = {}) {
  const done = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const well = done.status === 0;
  console.log(`${well ? 'ok' : 'FAILED'}: ${name}`);
  if (well) passed += 1;
  else failed += 1;
  return well;
}

step('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
step('lint', ['node_modules/eslint/bin/eslint.js', '.']);
const built = step('build', ['node_modules/@nestjs/cli/bin/nest.js', 'build']);
if (built) {
  const projects = ['unit', 'database', 'journeys'];
  if (existsSync(chromium)) projects.push('browser');
  else if (process.env.CI) {
    console.log('FAILED: the browser suite needs Chromium (CHROMIUM_PATH)');
    failed += 1;
  } else
    console.log(
      '\n*** SKIPPED: no Chromium here, so the browser suite did not run. Set CHROMIUM_PATH. ***\n',
    );
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${results}`,
    '--selectProjects',
    ...projects,
  ];
  const done = spawnSync(process.execPath, jest, { stdio: 'inherit', env: process.env });
  if (existsSync(results)) {
    const counts = JSON.parse(readFileSync(results, 'utf8'));
    passed += counts.numPassedTests;
    failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
    rmSync(results);
  } else failed += 1;
  if (done.status !== 0 && failed === 0) failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
