import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { slugOf } from '../content/slug.js';

/** The special purposes of lines; `deaf` is for people who sign or write. */
export const HELPLINE_TOPICS = [
  'young-people',
  'abuse',
  'eating',
  'alcohol-and-drugs',
  'poison',
  'bereavement',
  'veterans',
  'lgbtq',
  'men',
  'indigenous',
  'deaf',
] as const;
export type HelplineTopic = (typeof HELPLINE_TOPICS)[number];

/** A line as stored: in `helplines.json`, or as edited by administrators. */
export interface HelplineRow {
  /** A permanent key of its country and first name: `gb-samaritans`. */
  readonly key: string;
  /** ISO 3166-1 alpha-2; ZZ for international directories. */
  readonly country: string;
  readonly name: string;
  readonly phone: string | null;
  readonly sms: string | null;
  readonly chatUrl: string | null;
  readonly hours: string | null;
  readonly languages: readonly string[];
  readonly topics: readonly HelplineTopic[];
  readonly audience: string;
  readonly source: string;
  /** Whether the pages show it, because somebody saw the number in a source. */
  readonly shown: boolean;
  /** The day of the last check, YYYY-MM-DD; null if it was never checked. */
  readonly checkedOn: string | null;
}

/** A row of `helplines.json`; `certain` means that somebody saw the number in a source. */
interface FileRow {
  country: string;
  name: string;
  phone: string | null;
  sms: string | null;
  chat_url: string | null;
  hours: string | null;
  languages: string[];
  audience: string;
  topics: HelplineTopic[];
  source: string;
  certain: boolean;
}

/** The date on which a person last reviewed the file. */
export const HELPLINES_CHECKED = '2026-11-01';

const FILE = fileURLToPath(new URL('./helplines.json', import.meta.url));

/** The bundled lines, including unconfirmed ones. */
export const FILE_ROWS: readonly HelplineRow[] = (
  JSON.parse(readFileSync(FILE, 'utf8')) as FileRow[]
).map(({ chat_url, certain, ...row }) => ({
  ...row,
  key: helplineKey(row.country, row.name),
  chatUrl: chat_url,
  shown: certain,
  checkedOn: certain ? HELPLINES_CHECKED : null,
}));

/** @returns the key of a new line: `gb-samaritans` */
export function helplineKey(country: string, name: string): string {
  return slugOf(`${country} ${name}`, { prefix: 'line', longest: 60 });
}

/** The bundled lines with administrators' edits applied, followed by lines they added. */
export function mergeRows(changed: readonly HelplineRow[]): HelplineRow[] {
  const byKey = new Map(FILE_ROWS.map((row) => [row.key, row]));
  for (const row of changed) byKey.set(row.key, row);
  return [...byKey.values()];
}
