import { readFileSync, writeFileSync } from 'node:fs';
import { readCases, type Case } from '../triage/evaluate.js';
import { trainClassifier, weightsFile } from '../triage/train.js';

const OUT = new URL('../triage/rules/wording.json', import.meta.url);

const files = process.argv.slice(2);
if (files.length === 0 || files.includes('--help')) {
  process.stderr.write(
    'npm run triage:learn -- FILE.jsonl … [COMMUNITY.json …]\n' +
      '  Learns the weights of words from labelled lines and writes\n' +
      '  src/triage/rules/wording.json. Posts of a demo community without a content note count as\n' +
      '  ordinary ones.\n',
  );
  process.exit(files.length === 0 ? 2 : 0);
}
interface Written {
  title?: string;
  body: string;
  contentWarnings: string[];
  replies?: Written[];
}

function ordinary(json: string): Case[] {
  const { threads } = JSON.parse(json) as { threads: Written[] };
  const posts = threads.flatMap((thread) => [thread, ...(thread.replies ?? [])]);
  return posts
    .filter(({ contentWarnings }) => contentWarnings.length === 0)
    .map(({ title, body }, at) => ({
      id: `ordinary-${at}`,
      text: title === undefined ? body : `${title}. ${body}`,
      label: 'none',
    }));
}

const cases = files.flatMap((file) => [
  ...(file.endsWith('.json') ? ordinary : readCases)(readFileSync(file, 'utf8')),
]);
const file = weightsFile(trainClassifier(cases));
writeFileSync(OUT, `${JSON.stringify(file).replaceAll('","', '",\n"')}\n`);
process.stdout.write(
  `${cases.length} lines, ${Object.keys(file.weights).length} words, pairs, marks and rules\n`,
);
