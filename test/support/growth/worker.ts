import type { TextCheck, TextMessage } from '../../../src/bench/text-costs.js';
import { growth, processorTime } from './measure.js';
import { everySubject, faultySubjects, type Subject } from './subjects.js';

/** Awaits delivery, as the next text may block the event loop for ever. */
function tell(message: TextMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

async function measure({ name, work, kinds, lengths }: Subject, count: number): Promise<void> {
  for (const kind of kinds.slice(0, count)) {
    await tell({ begins: `${name}, ${kind.name}` });
    for (const ending of kind.textsOf(0).keys()) {
      const textOf = (length: number): string => kind.textsOf(length)[ending] ?? '';
      const grew = await growth(processorTime(work), textOf, lengths);
      if (grew !== null) await tell({ grew: `${name}, ${kind.name}: ${grew}` });
    }
  }
}

async function once({ name, work, kinds, long }: Subject, count: number): Promise<void> {
  for (const kind of kinds.slice(0, count)) {
    await tell({ begins: `${name}, ${kind.name}` });
    for (const text of kind.textsOf(long)) work(text);
  }
}

const { how, of, kinds } = JSON.parse(process.argv[2] ?? '') as TextCheck;
const { subjects, unheld } =
  of === 'everything'
    ? await everySubject()
    : { subjects: faultySubjects().filter(({ name }) => name.startsWith(of)), unheld: [] };
for (const place of unheld) await tell({ unheld: place });
for (const subject of subjects)
  await (how === 'once' ? once(subject, kinds) : measure(subject, kinds));
const patterns = subjects.filter(({ name }) => /\.ts:\d/.test(name)).length;
await tell({ done: { patterns, works: subjects.length - patterns } });
process.disconnect();
