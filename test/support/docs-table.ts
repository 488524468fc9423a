import { readFileSync } from 'node:fs';

/** @returns the rows of the table with this first heading, without the header */
export function tableIn(file: string, heading: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith(`| ${heading}`));
  if (at < 0) return [];
  const rows = lines.slice(at + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return (end < 0 ? rows : rows.slice(0, end)).map((row) => row.replace(/\s+\|/g, ' |'));
}
