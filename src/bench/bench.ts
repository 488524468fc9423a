import { execFileSync } from 'node:child_process';
import { Clock } from '../kernel/clock.js';
import { loadConfig } from '../kernel/config.js';
import { desksBench } from './desks.bench.js';
import { digestsBench } from './digests.bench.js';
import { enduranceBench } from './endurance.bench.js';
import { finderBench } from './finder.bench.js';
import { benchOptions, BenchDatabases, USAGE, type BenchDatabase } from './bench-database.js';
import { pagesBench } from './pages.bench.js';
import { Report } from './report.js';
import { searchBench } from './search.bench.js';
import { strategiesBench } from './strategies.bench.js';
import { textsBench } from './texts.bench.js';
import { toolkitBench } from './toolkit.bench.js';
import { triageBench } from './triage.bench.js';

/** `npm run bench -- --only pages,…` runs a selection. */
const benches: Record<string, (database: BenchDatabase, report: Report) => Promise<void>> = {
  pages: pagesBench,
  search: searchBench,
  finder: finderBench,
  toolkit: toolkitBench,
  desks: desksBench,
  digests: digestsBench,
  strategies: strategiesBench,
  triage: triageBench,
  texts: textsBench,
  endurance: enduranceBench,
};

/** Takes too long for a complete run. */
const ONLY_BY_NAME = ['texts', 'endurance'];

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    // A copy without git history can be measured as well.
    return 'unknown';
  }
}

async function run(): Promise<number> {
  const names = Object.keys(benches);
  const options = benchOptions(process.argv.slice(2), names);
  if (options === 'help') {
    process.stdout.write(USAGE.trimStart().replace('NAMES', names.join(', ')));
    return 0;
  }
  const config = loadConfig();
  const databases = await BenchDatabases.open(config, options);
  const report = new Report(databases.folder, {
    commit: commit(),
    node: process.version,
    taken: new Clock().now().toISOString(),
    ...options,
  });
  try {
    const seconds = await databases.prepare();
    if (seconds !== null)
      report.add({
        what: `seed ${options.posts} posts`,
        figure: `${seconds.toFixed(0)} s`,
        goal: '1,000,000 posts ≤ 300 s',
      });
    for (const [name, bench] of Object.entries(benches)) {
      const wanted = options.only.length === 0 ? !ONLY_BY_NAME.includes(name) : false;
      if (!wanted && !options.only.includes(name)) continue;
      await databases
        .with((database) => bench(database, report))
        .catch((error: unknown) => report.add({ what: name, figure: null, failed: String(error) }));
    }
  } finally {
    await databases.close();
  }
  process.stdout.write(`${report.path}\n`);
  return report.failed === 0 ? 0 : 1;
}

process.exitCode = await run();
