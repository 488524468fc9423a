import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../kernel/paths.js';

// MJML takes a hundred megabytes and a second, so it runs in a worker thread that exits afterwards.
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.mjml).then(async ({ default: mjml }) => {
    const pages = [];
    const options = { validationLevel: 'strict', fonts: {} };
    for (const source of workerData.sources) pages.push((await mjml(source, options)).html);
    parentPort.postMessage(pages);
  });`;

/**
 * Converts MJML to HTML that mail clients render correctly.
 * @throws Error for invalid MJML
 */
export function fromMjml(sources: readonly string[]): Promise<string[]> {
  const mjml = mjmlAddress();
  const thread = new Worker(THREAD, { eval: true, workerData: { mjml, sources } });
  return new Promise((resolve, reject) => {
    thread.once('message', (pages: string[]) => resolve(pages));
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('MJML ended without a result')));
  });
}

function mjmlAddress(): string {
  try {
    return pathToFileURL(createRequire(join(ROOT, 'package.json')).resolve('mjml')).href;
  } catch {
    throw new Error('MJML is not installed: npm run build compiles the emails where it is');
  }
}
