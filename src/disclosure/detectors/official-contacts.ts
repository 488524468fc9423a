import { loadPatterns } from './pattern-data.js';
import { helplinesRevision, publicRows } from '../../helplines/helplines.js';

const patterns = loadPatterns(new URL('./official-contacts.json', import.meta.url));
const OFFICIAL_NAME = patterns.regExp('officialName');

let computed: { readonly revision: number; readonly hosts: ReadonlySet<string> } | null = null;

/** Hosts of helplines and services, recomputed whenever administrators changed the helplines. */
function officialHosts(): ReadonlySet<string> {
  const revision = helplinesRevision();
  if (computed?.revision === revision) return computed.hosts;
  const ofLines = publicRows().flatMap(({ chatUrl }) =>
    chatUrl !== null && URL.canParse(chatUrl)
      ? [new URL(chatUrl).hostname.replace(/^www\./, '')]
      : [],
  );
  computed = { revision, hosts: new Set([...ofLines, ...patterns.words('hosts')]) };
  return computed.hosts;
}

const TEAM = patterns.regExp('team');
/** Free email providers. */
export const FREE_MAIL: readonly string[] = [...patterns.words('freeMail')];

/** Whether a host is official: `nhs.uk` and all of its subdomains, for example. */
export function isOfficialHost(host: string): boolean {
  const labels = host
    .toLowerCase()
    .replace(/^www\./, '')
    .split('.');
  if (/\.(?:gov|gov\.[a-z]{2}|mil|int)$/.test(`.${labels.join('.')}`)) return true;
  const hosts = officialHosts();
  return labels.some((_label, n) => hosts.has(labels.slice(n).join('.')));
}

/** Whether an address is a role mailbox of an organisation rather than a person's. */
export function isTeamAddress(local: string, host: string): boolean {
  const provider = host.toLowerCase().split('.')[0] ?? '';
  return TEAM.test(local.toLowerCase()) && !FREE_MAIL.includes(provider);
}

/** Whether a name is that of a charity's or service's account. */
export function isOfficialName(name: string): boolean {
  return OFFICIAL_NAME.test(name.replace(/^@/, ''));
}
