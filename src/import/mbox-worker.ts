import { parentPort, workerData } from 'node:worker_threads';
import { parseOrSkip } from './mbox-message.js';
import type { MboxMessage } from './mbox-split.js';
import type { MailBatch, MailReaderData } from './mbox-readers.js';

const { fallback, words } = workerData as MailReaderData;
let before: Promise<unknown> = Promise.resolve();

// One batch after the other, so that they are answered in the order in which they came.
parentPort?.on('message', (batch: readonly MboxMessage[]) => {
  before = before.then(async () => {
    const mails: MailBatch = [];
    for (const { raw, ...message } of batch) {
      // A buffer arrives as plain bytes.
      const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
      mails.push(await parseOrSkip({ ...message, raw: bytes }, fallback, words));
    }
    parentPort?.postMessage(mails);
  });
});
