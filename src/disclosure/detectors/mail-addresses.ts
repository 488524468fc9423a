import { before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';
import { FREE_MAIL, isOfficialHost, isTeamAddress } from './official-contacts.js';

const AT = String.raw`(?:\s{0,2}@\s{0,2}|\s{0,2}[([{<*_-]{1,2}\s{0,2}(?:at|@)\s{0,2}[)\]}>*_-]{1,2}\s{0,2})`;
const DOT = String.raw`(?:\s{0,2}\.\s{0,2}|\s{0,2}[([{<*_-]{1,2}\s{0,2}(?:dot|\.|d0t|punkt|point|punto)\s{0,2}[)\]}>*_-]{1,2}\s{0,2}|\s{1,2}(?:dot|punkt|point|punto)\s{1,2})`;
const LABEL = '[a-z0-9][a-z0-9-]{0,40}';
const END =
  '(?:com|org|net|edu|info|io|co|me|uk|ie|au|nz|ca|us|de|fr|es|it|nl|be|at|ch|in|eu|app|dev|email|online|space|xyz|live|test|example|invalid|se|no|dk|fi|pl|pt|br|mx|za|jp|cn|ru|gov)';
const PROVIDER = FREE_MAIL.map((name) =>
  name.replace(/^(g|hot|proton|fast|google)mail$/, '$1\\s?mail'),
).join('|');
const SPOKEN_LOCAL = String.raw`[a-z0-9][a-z0-9_+-]{0,40}(?:(?:\.|\s{1,2}(?:dot|underscore|dash|hyphen|punkt|point)\s{1,2})[a-z0-9_+-]{1,30}){0,3}`;

/**
 * name@host, with the sign or a bracketed word for it; spaces and worded dots may stand between.
 */
const WRITTEN = new RegExp(
  `(?<![a-z0-9._%+-])([a-z0-9][a-z0-9._%+'-]{0,62})${AT}((?:${LABEL}${DOT}){1,4}${END})(?![a-z0-9])`,
  'g',
);
/** "name at host dot com" in words alone. */
const SPOKEN = new RegExp(
  `(?<![a-z0-9._%+-])(${SPOKEN_LOCAL})\\s{1,2}(?:at|arroba|klammeraffe)\\s{1,2}((?:${LABEL}(?:\\s{1,2}(?:dot|punkt|point|punto)\\s{1,2})){1,3}${END})(?![a-z0-9])`,
  'g',
);
/** "name at gmail", "name@gmail": providers are known without their ending. */
const PROVIDED = new RegExp(
  `(?<![a-z0-9._%+-])(${SPOKEN_LOCAL})(?:${AT}|\\s{1,2}(?:at|arroba)\\s{1,2})(${PROVIDER})(?:(?:${DOT}|\\s{1,2}|,\\s?)(${END}))?(?![a-z0-9-])`,
  'g',
);

const NAMED = new RegExp(
  `\\b(?:(?:my|his|her|their) (?:${PROVIDER})(?: (?:address|account|addy))?(?: is|:| -)|(?:gmail|hotmail|yahoo|outlook|icloud)\\s?[:=])\\s{0,2}([a-z0-9][a-z0-9_.+-]{2,60}[a-z0-9])(?![a-z0-9@])`,
  'g',
);

const WORDS =
  /^(?:me|you|him|her|them|us|it|look|looking|is|was|am|are|account|email|mail|address|work|works|working|worked|job|team|people|someone|inbox|angry|good|bad|not|here|there|sign|signed|log|logged|login|arrived|one|that|this|an|the|still|stay|employed|engineer|write|message|contact|reach|all|and|or|stuff|staff|friends?|support|day|night|staring|spam)$/;

/** Mail addresses, plain and disguised. */
export function mailAddresses(flat: NormalizedText): Detail[] {
  const details: Detail[] = [];
  const put = (from: number, to: number, local: string, host: string, why: string): void => {
    const clean = host
      .replace(
        /\s{0,2}[([{<*_-]{0,2}\s{0,2}\b(?:dot|d0t|punkt|point|punto)\b\s{0,2}[)\]}>*_-]{0,2}\s{0,2}/g,
        '.',
      )
      .replace(/[\s()[\]{}<>*_]/g, '');
    if (isTeamAddress(local, clean) || (isOfficialHost(clean) && !/[._]/.test(local))) return;
    details.push({ kind: 'mail', span: [from, to], why, of: ownerOf(before(flat.text, from, 45)) });
  };
  for (const { from, to, match } of matches(WRITTEN, flat.lower))
    put(from, to, match[1] ?? '', match[2] ?? '', 'written');
  for (const { from, to, match } of matches(SPOKEN, flat.lower))
    if (!WORDS.test(match[1] ?? '')) put(from, to, match[1] ?? '', match[2] ?? '', 'spoken');
  for (const { from, to, match } of matches(PROVIDED, flat.lower)) {
    const [, local = '', provider = '', end] = match;
    const signed = /@|[([{<*_-]/.test(
      match[0].slice(local.length, match[0].length - provider.length),
    );
    const plain = /^[a-z]+$/.test(local);
    const common = [
      'web',
      'mail',
      'live',
      'sky',
      'orange',
      'proton',
      'msn',
      'aol',
      'qq',
      'yahoo',
      'outlook',
      'icloud',
      'verizon',
      'comcast',
      'talktalk',
    ].includes(provider);
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
