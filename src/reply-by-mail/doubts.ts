/** A line is looked at no further than this. */
const LONGEST_LINE = 300;

/** What mail programs write, in the languages that they are used in here. */
const WROTE = [
  'wrote',
  'writes',
  'schrieb',
  'écrit',
  'escribió',
  'escreveu',
  'scritto',
  'schreef',
  'skrev',
  'kirjoitti',
  'pisze',
  'napisał\\(?a?\\)?',
  'написал',
  'пишет',
  '写道',
  '작성',
  'のメッセージ',
];
const LABELS = [
  'from',
  'sent',
  'to',
  'cc',
  'subject',
  'date',
  'von',
  'gesendet',
  'an',
  'betreff',
  'de',
  'enviado',
  'para',
  'asunto',
  'fecha',
  'envoyé',
  'à',
  'objet',
  'da',
  'inviato',
  'oggetto',
  'van',
  'verzonden',
  'onderwerp',
  'fra',
  'från',
  'til',
  'till',
  'emne',
  'ämne',
  'od',
  'do',
  'temat',
  'от',
  'кому',
  'тема',
  '差出人',
  '宛先',
  '件名',
  '发件人',
  '收件人',
];
const SENT = [
  'sent (?:from|with|via|using)',
  'get outlook',
  'enviado (?:desde|con|do)',
  'envoyé (?:de|depuis|avec|à partir)',
  'inviato (?:da|con)',
  'verzonden (?:vanaf|met)',
  'verstuurd vanaf',
  'sendt fra',
  'skickat från',
  'wysłan[eo] z',
  'lähetetty',
  'отправлено',
  'gesendet (?:von|mit)',
];
/** What people write at the end of a letter. */
const ENDINGS = [
  'cheers',
  'best',
  'all the best',
  'best wishes',
  'warm wishes',
  '(?:kind|best|warm|warmest|many)? ?regards',
  '(?:yours )?(?:sincerely|faithfully|truly)',
  'yours',
  'love',
  'lots of love',
  'with love',
  'take care',
  'mit freundlichen grüßen',
  'liebe grüße',
  'viele grüße',
  'lg',
  'mfg',
  'saludos',
  'un abrazo',
  'cordialement',
  'amicalement',
  'bien à vous',
  'cordiali saluti',
  'groetjes',
  'met vriendelijke groet',
  'hilsen',
  'vennlig hilsen',
  'pozdrawiam',
];
const THANKING = [
  'many thanks',
  'thanks(?: so much| a lot)?',
  'thank you(?: so much)?',
  'ta',
  'danke',
  'gracias',
  'merci',
  'grazie',
  'dank je',
  'takk',
  'tack',
];

/** Each says of a line that a program, or somebody else, may have written it or what follows. */
const MARKS: readonly RegExp[] = [
  // A quotation that is not ours: their own, or somebody else's.
  /^\s{0,20}>/,
  // A line that parts a signature or a forwarded mail.
  /^\s{0,20}(?:-{2,}|_{2,}|={2,}|\+{2,}|\*{3,}|~{2,}|—{2,})/,
  new RegExp(`(?:${WROTE.join('|')})[^:：]{0,80}[:：]\\s{0,5}$`, 'iu'),
  new RegExp(`^\\W{0,4}(?:${LABELS.join('|')})\\s?[:：]`, 'iu'),
  new RegExp(`^\\W{0,4}(?:${SENT.join('|')})(?!\\p{L})`, 'iu'),
  /\bgesendet\s?$/i,
  /^\s{0,20}-{3,}BEGIN PGP/,
];
/** What ends a letter: what follows is a name, or more than that. */
const CLOSINGS = new RegExp(`^\\W{0,3}(?:${ENDINGS.join('|')})\\W{0,4}$`, 'iu');
/** These also begin a letter: only a short last line behind them is a name. */
const THANKS = new RegExp(`^\\W{0,3}(?:${THANKING.join('|')})\\W{0,4}$`, 'iu');
const SHORT = /^\W{0,3}\p{Lu}[\p{L}\p{M}'’.-]{0,30}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,30}){0,3}\W{0,3}$/u;

/**
 * Whether a person should read the words before they are published: a signature, a quotation, a
 * header or a name may be in them.
 * @param name as the mail's own From shows it
 */
export function isDoubtful(words: string, name: string): boolean {
  const lines = words
    .split('\n')
    .map((line) => line.slice(0, LONGEST_LINE))
    .filter((line) => line.trim() !== '');
  if (lines.some((line) => MARKS.some((mark) => mark.test(line)))) return true;
  if (lines.some((line, at) => at < lines.length - 1 && CLOSINGS.test(line))) return true;
  const last = lines.at(-1) ?? '';
  if (
    lines.length > 1 &&
    SHORT.test(last) &&
    (THANKS.test(lines.at(-2) ?? '') || /^\W*\p{Lu}[\p{L}'’-]+ \p{Lu}/u.test(last))
  )
    return true;
  return holdsName(words, name);
}

// With its capital alone: "will" and "hope" are words as well.
function holdsName(words: string, name: string): boolean {
  const parts = wordsOf(name)
    .filter((part) => part.length > 2)
    .slice(0, 8);
  if (parts.length === 0) return false;
  const known = new Set(
    parts.flatMap((part) => [capital(part.toLowerCase()), capital(part), part.toUpperCase()]),
  );
  const said = wordsOf(words);
  if (said.some((word) => known.has(word.replace(/['’]s$/u, '')))) return true;
  // Where a letter is signed, capitals are often left away.
  const small = new Set(parts.map((part) => part.toLowerCase()));
  const last = wordsOf(words.trim().split('\n').at(-1) ?? '');
  return last.slice(-2).some((word) => small.has(word.toLowerCase()));
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}'’-]+/u)
    .filter((word) => word !== '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
