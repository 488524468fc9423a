import { loadPatterns } from './pattern-data.js';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const patterns = loadPatterns(new URL('./official-contacts.json', import.meta.url));
const OFFICIAL_NAME = patterns.regExp('officialName');

const FILE = fileURLToPath(new URL('../../helplines/helplines.json', import.meta.url));
const HOSTS = (JSON.parse(readFileSync(FILE, 'utf8')) as { chat_url: string | null }[]).flatMap(
  ({ chat_url: url }) =>
    url !== null && URL.canParse(url) ? [new URL(url).hostname.replace(/^www\./, '')] : [],
);
const OFFICIAL = new Set([...HOSTS, ...patterns.words('hosts')]);
const TEAM = patterns.regExp('team');
/** Mail that anybody may have. */
export const FREE_MAIL: readonly string[] = [...patterns.words('freeMail')];

/** `nhs.uk` and whatever ends in it. */
export function isOfficialHost(host: string): boolean {
  const labels = host
    .toLowerCase()
    .replace(/^www\./, '')
    .split('.');
  if (/\.(?:gov|gov\.[a-z]{2}|mil|int)$/.test(`.${labels.join('.')}`)) return true;
  return labels.some((_label, n) => OFFICIAL.has(labels.slice(n).join('.')));
}

/** A box of an organisation, not of a person. */
export function isTeamAddress(local: string, host: string): boolean {
  const provider = host.toLowerCase().split('.')[0] ?? '';
  return TEAM.test(local.toLowerCase()) && !FREE_MAIL.includes(provider);
}

/** Accounts of charities and services, by their names. */
export function isOfficialName(name: string): boolean {
  return OFFICIAL_NAME.test(name.replace(/^@/, ''));
}
