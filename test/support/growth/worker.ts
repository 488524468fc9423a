import type { TextCheck, TextMessage } from '../../../src/bench/text-costs.js';
import { growth, processorTime } from '../../../src/bench/growth.js';
import type { Kind } from '../../../src/bench/text-kinds.js';
import { everySubject, faultySubjects, type Subject } from './subjects.js';

/** Awaits delivery, as the next text may block the event loop for ever. */
function tell(message: TextMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

async function measure({ name, work, lengths }: Subject, kind: Kind): Promise<void> {
  for (const ending of kind.textsOf(0).keys()) {
    const textOf = (length: number): string => kind.textsOf(length)[ending] ?? '';
    const grew = await growth(processorTime(work), textOf, lengths);
    if (grew !== null) await tell({ grew: `${name}, ${kind.name}: ${grew}` });
  }
}

const { how, of, kinds } = JSON.parse(process.argv[2] ?? '') as TextCheck;
const { subjects, unheld } =
  of === 'everything'
    ? await everySubject()
    : { subjects: faultySubjects().filter(({ name }) => name.startsWith(of)), unheld: [] };
for (const place of unheld) await tell({ unheld: place });
for (const subject of subjects)
  for (const kind of subject.kinds.slice(0, kinds)) {
    await tell({ begins: `${subject.name}, ${kind.name}` });
    if (how === 'growth') await measure(subject, kind);
    else for (const text of kind.textsOf(subject.long)) subject.work(text);
  }
const patterns = subjects.filter(({ name }) => /\.ts:\d/.test(name)).length;
await tell({ done: { patterns, works: subjects.length - patterns } });
process.disconnect();
