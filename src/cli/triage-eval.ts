import { readFileSync } from 'node:fs';
import { evaluate, readCases, type Evaluation } from '../triage/evaluate.js';
import { TIERS } from '../triage/risk.js';

const USAGE =
  'npm run triage:eval -- FILE.jsonl [--json]\n' +
  '  Measures the triage on lines of {"id","text","label"}, optionally with "title", "writtenAs"\n' +
  '  (opening, reply, staff) and "answers" (the text of the post answered, or a list).\n';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`.padStart(8);

function report(result: Evaluation): string {
  const columns = [...TIERS, 'unknown'] as const;
  return [
    `${result.cases} cases`,
    `recall of urgent and crisis   ${percent(result.recallUrgentCrisis)}   (goal ≥ 90%)`,
    `crisis called none            ${percent(result.crisisCalledNone)}   (goal ≤ 2%)`,
    `none called urgent or crisis  ${percent(result.noneCalledUrgentOrCrisis)}   (goal ≤ 6%)`,
    `none called crisis            ${percent(result.noneCalledCrisis)}   (goal ≤ 0.5% of ordinary posts)`,
    `macro-F1                      ${result.macroF1.toFixed(3).padStart(8)}   (goal ≥ 0.70)`,
    '',
    ...TIERS.map((tier) => {
      const { precision, recall, f1 } = result.perClass[tier];
      return `${tier.padEnd(8)} precision ${percent(precision)}  recall ${percent(recall)}  F1 ${f1.toFixed(3)}`;
    }),
    '',
    `${'label'.padEnd(10)}${columns.map((tier) => tier.padStart(9)).join('')}`,
    ...TIERS.map(
      (label) =>
        `${label.padEnd(10)}${columns.map((tier) => String(result.confusion[label][tier]).padStart(9)).join('')}`,
    ),
    '',
    ...result.misses.map(({ id, label, told: predicted, rules }) => {
      const reasons = rules.length === 0 ? '' : ` (${rules.join(', ')})`;
      return `${id}: ${label}, predicted ${predicted}${reasons}`;
    }),
  ].join('\n');
}

const [file] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (file === undefined || process.argv.includes('--help')) {
  process.stderr.write(USAGE);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}
const result = evaluate(readCases(readFileSync(file, 'utf8')));
process.stdout.write(
  `${process.argv.includes('--json') ? JSON.stringify(result) : report(result)}\n`,
);
