import { loadPatterns } from './pattern-data.js';
import { before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { FREE_MAIL, isOfficialHost, isTeamAddress } from './official-contacts.js';

const PROVIDER = FREE_MAIL.map((name) =>
  name.replace(/^(g|hot|proton|fast|google)mail$/, '$1\\s?mail'),
).join('|');
const patterns = loadPatterns(new URL('./mail-addresses.json', import.meta.url), {
  provider: PROVIDER,
});
const WORDED_DOT = patterns.regExp('wordedDot');
/** Each address needs one of these, which few texts have and which are found at less cost. */
const SIGN = patterns.regExp('sign');
const SAID_DOT = patterns.regExp('saidDot');
const AT_PROVIDER = patterns.regExp('atProvider');

const COMMON = patterns.words('common');
const WRITTEN = patterns.regExp('written');
const SPOKEN = patterns.regExp('spoken');
const PROVIDED = patterns.regExp('provided');

const NAMED = patterns.regExp('named');

const WORDS = patterns.regExp('words');

/** Finds email addresses, plain and obfuscated. */
export function mailAddresses(flat: NormalizedText): Detail[] {
  const details: Detail[] = [];
  const put = (from: number, to: number, local: string, host: string, why: string): void => {
    const clean = host.replace(WORDED_DOT, '.').replace(/[\s()[\]{}<>*_]/g, '');
    if (isTeamAddress(local, clean) || (isOfficialHost(clean) && !/[._]/.test(local))) return;
    details.push({ kind: 'mail', span: [from, to], why, of: ownerOf(before(flat.text, from, 45)) });
  };
  const found = (needed: RegExp, pattern: RegExp): ReturnType<typeof matches> =>
    matches(pattern, needed.test(flat.lower) ? flat.lower : '');
  for (const { from, to, match } of found(SIGN, WRITTEN))
    put(from, to, match[1] ?? '', match[2] ?? '', 'written');
  for (const { from, to, match } of found(SAID_DOT, SPOKEN))
    if (!WORDS.test(match[1] ?? '')) put(from, to, match[1] ?? '', match[2] ?? '', 'spoken');
  for (const { from, to, match } of found(AT_PROVIDER, PROVIDED)) {
    const [, local = '', provider = '', end] = match;
    const signed = /@|[([{<*_-]/.test(
      match[0].slice(local.length, match[0].length - provider.length),
    );
    const plain = /^[a-z]+$/.test(local);
    const common = COMMON.has(provider);
    if (WORDS.test(local) || (!signed && common && end === undefined && plain)) continue;
    if (
      !signed &&
      end === undefined &&
      plain &&
      !/\b(?:mail|email|e-mail|address|reach|contact|write|me)\b/.test(before(flat.lower, from, 40))
    )
      continue;
    put(from, to, local, `${provider}.${end ?? 'com'}`, 'provider');
  }
  for (const { from, to, match } of matches(NAMED, flat.lower))
    if (/[._\d]/.test(match[1] ?? '')) put(from, to, match[1] ?? '', 'gmail.com', 'named');
  return details;
}
