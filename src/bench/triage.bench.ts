import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../kernel/paths.js';
import { assessRisk } from '../triage/assess-risk.js';
import type { BenchDatabase } from './bench-database.js';
import { median, type Report } from './report.js';

const CASES = join(ROOT, 'test', 'triage', 'triage-dev.jsonl');
const ROUNDS = 600;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function timeOf(text: string): number {
  const began = performance.now();
  assessRisk(text);
  return performance.now() - began;
}

/** Texts of the same length, each starting at another line of the development set. */
function texts(lines: readonly string[], length: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    let text = '';
    for (let at = n; text.length < length; at += 1) text += `${lines[at % lines.length] ?? ''} `;
    return text.slice(0, length);
  });
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['one letter apart', 'k i l l m y '],
  ['one word', 'i want to '],
  ['no space at all', 'a'],
  ['stars', 'k*ll s*****e '],
  ['nots', 'not not never '],
  ['signs', '.,!?-"\''],
  ['look-alikes', 'ѕuісіdе '],
];

/** The cost of screening a post, and that it grows linearly with the length. */
export function triageBench(_database: BenchDatabase, report: Report): Promise<void> {
  const cases = readFileSync(CASES, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const mixed = texts(cases, 2_000, 80);
  for (const text of mixed) timeOf(text);
  const times = Array.from({ length: ROUNDS }, (_, n) => timeOf(mixed[n % mixed.length] ?? ''));
  report.add({
    what: 'triage, 2,000 characters',
    figure: `p50 ${median(times).toFixed(2)} p99 ${percentile(times, 0.99).toFixed(2)} ms`,
    goal: 'p99 ≤ 2 ms',
  });
  const each = (length: number): number => median(texts(cases, length, 9).map(timeOf)) / length;
  const small = each(1_000);
  for (const length of [10_000, 100_000]) {
    const long = each(length);
    report.add({
      what: `triage, ${length} characters, per character against 1,000`,
      figure: `${(long * length).toFixed(1)} ms`,
      reference: `${(small * 1_000).toFixed(2)} ms`,
      ratio: long / small,
      goal: '≤ 1.5',
    });
  }
  for (const [what, piece] of HOSTILE) {
    const time = median(
      [0, 1, 2].map(() =>
        timeOf(piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000)),
      ),
    );
    report.add({
      what: `triage, 100,000 hostile characters: ${what}`,
      figure: `${time.toFixed(1)} ms`,
      ratio: time / 100_000 / small,
      goal: '≤ 3 × per character',
    });
  }
  return Promise.resolve();
}
