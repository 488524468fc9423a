import { createReadStream } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dumpAt } from '../../test/support/imported.js';
import type { ListMail, SkippedMail } from './mbox-message.js';
import { readMails, type ReaderOptions } from './mbox-readers.js';
import { mboxMessages, type MboxMessage } from './mbox-split.js';
import type { ImportMessages } from './words.js';

const words = {
  ...{ file: '[file]', address: '[address]', number: '[number]', noTitle: '' },
  wrote: (name: string) => name,
} as ImportMessages;

async function all<T>(given: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of given) found.push(each);
  return found;
}

async function messagesOf(times: number): Promise<MboxMessage[]> {
  const stream = createReadStream(dumpAt('list.mbox')) as AsyncIterable<Buffer>;
  const messages = await all(mboxMessages(stream));
  return Array.from({ length: times }, () => messages).flat();
}

function read(
  messages: readonly MboxMessage[],
  options: ReaderOptions,
): Promise<(ListMail | SkippedMail)[]> {
  async function* given(): AsyncGenerator<MboxMessage> {
    await Promise.resolve();
    yield* messages;
  }
  return all(readMails(given(), 'list', words, options));
}

const sources = new URL('../../test/support/load-sources.mjs', import.meta.url);
const execArgv = ['--import', sources.href];

describe('an archive that is read by threads', () => {
  it('gives what one thread gives, in the same order', async () => {
    const messages = await messagesOf(20);
    // One that is too long for a thread.
    const [message] = messages;
    if (message === undefined) throw new Error('no mail');
    const long = Buffer.concat([message.raw, Buffer.from('\nMore words.\n'.repeat(90_000))]);
    messages.splice(120, 0, { ...message, raw: long });
    const here = await read(messages, { threads: 0, first: 0 });
    expect(here.length).toBe(messages.length);
    expect(here.some((mail) => 'leftOut' in mail) && here.some((mail) => 'body' in mail)).toBe(
      true,
    );
    expect(await read(messages, { threads: 2, first: 5, execArgv })).toEqual(here);
  });
});
