import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../kernel/paths.js';

// MJML brings a hundred megabytes along and needs a second to itself: it gets a thread of its own,
// which ends when the work is done.
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.mjml).then(async ({ default: mjml }) => {
    const made = [];
    for (const source of workerData.sources) made.push((await mjml(source, { validationLevel: 'strict', fonts: {} })).html);
    parentPort.postMessage(made);
  });`;

/** Turns MJML into HTML that mail programs show right. @throws for a source that is not sound */
export function fromMjml(sources: readonly string[]): Promise<string[]> {
  const mjml = pathToFileURL(createRequire(join(ROOT, 'package.json')).resolve('mjml')).href;
  const thread = new Worker(THREAD, { eval: true, workerData: { mjml, sources } });
  return new Promise((resolve, reject) => {
    thread.once('message', (made: string[]) => resolve(made));
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the mails were not laid out')));
  });
}
