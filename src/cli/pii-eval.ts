import { readFileSync } from 'node:fs';
import {
  evaluatePersonal,
  type PersonalCase,
  type PersonalEvaluation,
} from '../disclosure/evaluate.js';

const USAGE =
  'npm run pii:eval -- FILE.jsonl [--json]\n' +
  '  Measures the check for personal details on lines of {"id","text","has_pii"}.\n';

function report({ counts, precision, recall, f1, misses }: PersonalEvaluation): string {
  const { tp, fp, fn, tn } = counts;
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`.padStart(8);
  return [
    `${tp + fp + fn + tn} cases: ${tp} found, ${fp} found in error, ${fn} missed, ` +
      `${tn} correctly left alone`,
    `precision ${percent(precision)}`,
    `recall    ${percent(recall)}`,
    `F1        ${f1.toFixed(3).padStart(8)}`,
    '',
    ...misses.map(({ id, text, has_pii: has, seen }) => {
      const line = text.replaceAll('\n', ' / ');
      return has ? `missed ${id}: ${line}` : `in error ${id}: ${line}  [${seen.join(', ')}]`;
    }),
  ].join('\n');
}

const [file] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (file === undefined || process.argv.includes('--help')) {
  process.stderr.write(USAGE);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}
const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as PersonalCase);
const result = evaluatePersonal(cases);
process.stdout.write(
  `${process.argv.includes('--json') ? JSON.stringify(result.counts) : report(result)}\n`,
);
