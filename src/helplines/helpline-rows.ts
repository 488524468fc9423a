import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { slugOf } from '../content/slug.js';

/** What a line is for, beside lines for anyone; `deaf` is for people who sign or write. */
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

/** A line as it is kept: in `helplines.json`, or as administrators changed it. */
export interface HelplineRow {
  /** Names the line for ever: its country and its first name, as `gb-samaritans`. */
  readonly key: string;
  /** ISO 3166-1 alpha-2; ZZ for directories of every country. */
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
  /** Whether the pages show it: somebody saw the number in a source. */
  readonly shown: boolean;
  /** The day of the last check, YYYY-MM-DD; null where nobody has checked it. */
  readonly checkedOn: string | null;
}

/** One row of `helplines.json`; `certain` says that somebody saw the number in a source. */
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

/** When a person last went through the file. */
export const HELPLINES_CHECKED = '2026-11-01';

const FILE = fileURLToPath(new URL('./helplines.json', import.meta.url));

/** The lines that come with this version, those that nobody has confirmed yet too. */
export const FILE_ROWS: readonly HelplineRow[] = (
  JSON.parse(readFileSync(FILE, 'utf8')) as FileRow[]
).map(({ chat_url, certain, ...row }) => ({
  ...row,
  key: helplineKey(row.country, row.name),
  chatUrl: chat_url,
  shown: certain,
  checkedOn: certain ? HELPLINES_CHECKED : null,
}));

/** @returns the key of a line that is new: `gb-samaritans` */
export function helplineKey(country: string, name: string): string {
  return slugOf(`${country} ${name}`, { prefix: 'line', longest: 60 });
}

/** The lines of this version, those of administrators in their place, and then their own. */
export function mergeRows(changed: readonly HelplineRow[]): HelplineRow[] {
  const byKey = new Map(FILE_ROWS.map((row) => [row.key, row]));
  for (const row of changed) byKey.set(row.key, row);
  return [...byKey.values()];
}
