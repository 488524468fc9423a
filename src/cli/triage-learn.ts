import { readFileSync, writeFileSync } from 'node:fs';
import { readCases } from '../safety/evaluation.js';
import { learn } from '../safety/learning.js';

const RESTRAINT = 1.5;
const OUT = new URL('../safety/rules/wording.json', import.meta.url);

const files = process.argv.slice(2);
if (files.length === 0 || files.includes('--help')) {
  process.stderr.write('npm run triage:learn -- FILE.jsonl …\n  Learns the weights of words from labelled lines and writes src/safety/rules/wording.json.\n');
  process.exit(files.length === 0 ? 2 : 0);
}
const cases = files.flatMap((file) => readCases(readFileSync(file, 'utf8')));
const { bias, weights } = learn(cases, RESTRAINT);
const rounded = Object.entries(weights).map(([feature, list]) => [feature, list.map((each) => Math.round(each * 100)).join(' ')] as const);
const kept = rounded.filter(([, list]) => list.split(' ').some((each) => Math.abs(Number(each)) >= 5));
writeFileSync(OUT, `${JSON.stringify({ bias: bias.map((each) => Math.round(each * 1_000) / 1_000), weights: Object.fromEntries(kept) }, null, 0).replaceAll('","', '",\n"')}\n`);
process.stdout.write(`${cases.length} lines, ${kept.length} words and pairs\n`);
