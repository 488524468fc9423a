import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { parseOrSkip, type ListMail, type SkippedMail } from './mbox-message.js';
import type { MboxMessage } from './mbox-split.js';
import type { ImportMessages, MailWords } from './words.js';

export type MailBatch = (ListMail | SkippedMail)[];

/** What a thread is told when it begins. The words that are functions stay here. */
export interface MailReaderData {
  readonly fallback: string;
  readonly words: MailWords;
}

export interface ReaderOptions {
  /** How many threads read. */
  readonly threads: number;
  /** So many are read here first: a short archive is read before a thread has begun. */
  readonly first: number;
  /** Options of Node for them, where sources run as they are. */
  readonly execArgv?: string[];
}

/**
 * Two, as the thread that splits the file and writes has little to do meanwhile; more would need
 * more memory. None on a single processor.
 */
const THREADS = availableParallelism() > 1 ? 2 : 0;
const OPTIONS: ReaderOptions = { threads: THREADS, first: 2_000 };
const BATCH = 100;
/** A longer message is read here, in bytes: a thread has little memory. */
const LONG = 1 << 20;
/** Batches that each thread has in hand. */
const AHEAD = 2;
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './mbox-worker.ts' : './mbox-worker.js',
  import.meta.url,
);

/**
 * Reads the mails of an archive, which is most of what bringing one in takes, on several threads.
 * @param fallback the name of the list where a mail does not say
 * @returns the mails in the order of the archive
 */
export async function* readMails(
  messages: AsyncIterable<MboxMessage>,
  fallback: string,
  { file, address, number }: ImportMessages,
  { threads, first, execArgv }: ReaderOptions = OPTIONS,
): AsyncGenerator<ListMail | SkippedMail> {
  const data: MailReaderData = { fallback, words: { file, address, number } };
  const readers: MailReader[] = [];
  const ahead: Promise<MailBatch>[] = [];
  let batch: MboxMessage[] = [];
  let sent = 0;
  const send = (): void => {
    if (readers.length < threads) readers.push(new MailReader(data, execArgv));
    const reader = readers[sent % readers.length];
    sent += 1;
    if (reader !== undefined && batch.length > 0) ahead.push(reader.read(batch));
    batch = [];
  };
  let seen = 0;
  try {
    for await (const message of messages) {
      seen += 1;
      if (threads < 1 || seen <= first || message.raw.length > LONG) {
        if (batch.length > 0) send();
        while (ahead.length > 0) yield* (await ahead.shift()) ?? [];
        yield await parseOrSkip(message, fallback, data.words);
        continue;
      }
      batch.push(message);
      if (batch.length === BATCH) send();
      if (ahead.length > threads * AHEAD) yield* (await ahead.shift()) ?? [];
    }
    if (batch.length > 0) send();
    while (ahead.length > 0) yield* (await ahead.shift()) ?? [];
  } finally {
    await Promise.all(readers.map((reader) => reader.end()));
  }
}

interface Waiting {
  resolve: (mails: MailBatch) => void;
  reject: (error: Error) => void;
}

/** A thread that reads batches in the order in which it gets them. */
class MailReader {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];

  constructor(data: MailReaderData, execArgv: string[] | undefined) {
    const options = { workerData: data, resourceLimits: LIMITS };
    this.worker = new Worker(WORKER, execArgv === undefined ? options : { ...options, execArgv });
    this.worker.on('message', (mails: MailBatch) => this.waiting.shift()?.resolve(mails));
    this.worker.on('error', (error: Error) => {
      for (const { reject } of this.waiting.splice(0)) reject(error);
    });
  }

  read(batch: readonly MboxMessage[]): Promise<MailBatch> {
    const answer = new Promise<MailBatch>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
    // It is awaited in its turn; until then nobody else hears of a fault.
    answer.catch(() => undefined);
    this.worker.postMessage(batch);
    return answer;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
