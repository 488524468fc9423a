import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../helplines/helplines.json', import.meta.url));
const HOSTS = (JSON.parse(readFileSync(FILE, 'utf8')) as { chat_url: string | null }[]).flatMap(
  ({ chat_url: url }) =>
    url !== null && URL.canParse(url) ? [new URL(url).hostname.replace(/^www\./, '')] : [],
);
const OFFICIAL = new Set([
  ...HOSTS,
  'mind.org.uk',
  'nhs.uk',
  'gov.uk',
  'rethink.org',
  'thecalmzone.net',
  'youngminds.org.uk',
  'themix.org.uk',
  'turn2us.org.uk',
  'citizensadvice.org.uk',
  'cruse.org.uk',
  'sane.org.uk',
  'beyondblue.org.au',
  'headspace.org.au',
  'blackdoginstitute.org.au',
  'reachout.com',
  'sane.org',
  'who.int',
  'nami.org',
  'mhanational.org',
  'ocduk.org',
  'bipolaruk.org',
  'nspcc.org.uk',
  'bacp.co.uk',
  'crisistextline.org',
  '988lifeline.org',
  'hse.ie',
  'mentalhealth.org.uk',
  'nice.org.uk',
  'rcpsych.ac.uk',
  'barnardos.org.uk',
  'shelter.org.uk',
  'drinkaware.co.uk',
  'gamcare.org.uk',
  'refuge.org.uk',
  'womensaid.org.uk',
  'mensadviceline.org.uk',
  'stonewall.org.uk',
  'switchboard.lgbt',
  'papyrus-uk.org',
  'befrienders.org',
  'aware.ie',
  'spunout.ie',
]);
/** Boxes that a team reads. */
const TEAM =
  /^(?:info|help|helpline|support|contact|hello|enquir(?:y|ies)|inquir(?:y|ies)|admin|office|team|advice|jo|pat|mail|service|services|customerservices?|referrals?|reception|appointments?|complaints?|press|media|research|volunteer(?:ing|s)?|donations?|fundraising|membership|no-?reply|care|moderators?|safeguarding|privacy|feedback|wellbeing|counselling|dpo|supportercare|listen|chat)$/;
/** Mail that anybody may have. */
export const FREE_MAIL = [
  'gmail',
  'googlemail',
  'hotmail',
  'outlook',
  'live',
  'msn',
  'yahoo',
  'ymail',
  'rocketmail',
  'icloud',
  'protonmail',
  'proton',
  'aol',
  'gmx',
  'web',
  'tutanota',
  'fastmail',
  'btinternet',
  'sky',
  'virginmedia',
  'talktalk',
  'yandex',
  'mail',
  'zoho',
  'bigpond',
  'optusnet',
  'comcast',
  'verizon',
  'orange',
  'wanadoo',
  'laposte',
  'freenet',
  't-online',
  'rediffmail',
  'qq',
] as const;

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
  return TEAM.test(local.toLowerCase()) && !(FREE_MAIL as readonly string[]).includes(provider);
}

/** Accounts of charities and services, by their names. */
export function isOfficialName(name: string): boolean {
  return /^(?:mind|mindcharity|mindforbetter|samaritans|nhs|nhsuk|rethink|beateds?|beat_?ed|calm(?:zone)?|thecalmzone|papyrus|papyrus_?uk|youngminds(?:uk)?|childline|shout|giveusashout|nami|nspcc|befrienders|lifeline|beyondblue|headspace|sane|bbc|who|afsp|crisistextline|988lifeline|mentalhealthfoundation|mentalhealthamerica|timetochange|bipolaruk|ocduk|cruse|pieta|spunout)|(?:charity|helpline|official|foundation|trust|lifeline|support|awareness|nhs|council|police|university|magazine|news)(?:uk|us|ie|au)?$/i.test(
    name.replace(/^@/, ''),
  );
}
