/**
 * Letters that NFKD does not decompose, mapped to their folded form: capitals to lower case,
 * letters with strokes and ligatures to plain letters.
 */
const LETTERS = new Map<string, string>();
function pairs(from: number, to: number, distance: number, step = 1): void {
  for (let code = from; code <= to; code += step)
    LETTERS.set(String.fromCodePoint(code), String.fromCodePoint(code + distance));
}
pairs(0x391, 0x3a9, 0x20); // Greek
pairs(0x410, 0x42f, 0x20); // Cyrillic
pairs(0x400, 0x40f, 0x50);
pairs(0x460, 0x480, 1, 2);
pairs(0x48a, 0x4be, 1, 2);
pairs(0x4c1, 0x4cd, 1, 2);
pairs(0x4d0, 0x4fe, 1, 2);
pairs(0x531, 0x556, 0x30); // Armenian
const PLAIN = {
  ß: 'ẞ',
  ø: 'Ø',
  ł: 'Ł',
  đ: 'ĐÐð',
  ħ: 'Ħ',
  ŧ: 'Ŧ',
  æ: 'Æ',
  œ: 'Œ',
  þ: 'Þ',
  ŋ: 'Ŋ',
};
const BARE: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ŧ: 't' };
for (const [small, capitals] of Object.entries(PLAIN))
  for (const each of `${small}${capitals}`) LETTERS.set(each, BARE[small] ?? small);
LETTERS.set('ς', 'σ').set('ı', 'i');

const characters = (ranges: string): RegExp => new RegExp(`[${ranges}]`, 'gu');
const APOSTROPHES = /[`´‘’ʼʹ＇]/gu;
/** Combining marks, vowel points, invisible characters, and the skin-tone modifiers of emoji. */
const MARKS = characters(
  String.raw`\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670` +
    String.raw`\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064` +
    String.raw`\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u{1f3fb}-\u{1f3ff}`,
);
/** Scripts written without spaces, and symbols: each character is a word of its own. */
const SINGLE = characters(
  String.raw`\u00a2-\u00a6\u00a8\u00a9\u00ac\u00ae\u00b0\u00b1\u00d7\u00f7\u0e00-\u0eff` +
    String.raw`\u1000-\u109f\u1780-\u17ff\u20a0-\u20cf\u2100-\u2bff\u3040-\u30fa\u30fc-\u30ff` +
    String.raw`\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}`,
);
const PUNCTUATION = characters(
  String.raw`\u0080-\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u0589\u060c\u061b\u061f` +
    String.raw`\u0964\u0965\u1680\u2010-\u205f\u3000-\u303f\u30fb`,
);
const ASCII_SINGLE = /[$+<=>^|]/g;
// eslint-disable-next-line no-control-regex -- control characters part words as spaces do
const ASCII_PUNCTUATION = /[\u0001-\u001f!-#%&(-*,-/:;?@[-\]_{}~\u007f]/g;

/**
 * Folds a text for word matching, with the same result on any database: lower case, no accents, one
 * space before and after each word, '' if there are no words. Hyphens separate words; apostrophes
 * do too unless one of the endings follows without which no other word remains, so that "don't"
 * becomes "dont", "I'll" becomes "i ll" and "l'école" becomes "l ecole". The SQL function
 * `fold_words` is equivalent.
 */
export function foldWords(text: string): string {
  let folded = asciiLower(text);
  if (/\P{ASCII}/u.test(folded)) {
    folded = folded
      .replace(APOSTROPHES, "'")
      .replace(MARKS, '')
      .normalize('NFKD')
      .replace(MARKS, '')
      .normalize('NFKC');
    folded = asciiLower(folded)
      .replace(/\P{ASCII}/gu, (char) => LETTERS.get(char) ?? char)
      .replace(/ß/g, 'ss')
      .replace(/æ/g, 'ae')
      .replace(/œ/g, 'oe')
      .replace(/þ/g, 'th')
      .replace(SINGLE, ' $& ')
      .replace(PUNCTUATION, ' ');
  }
  folded =
    ` ${folded.replace(/`/g, "'").replace(ASCII_SINGLE, ' $& ').replace(ASCII_PUNCTUATION, ' ')} `
      .replace(/'(?=(?:t|s|m|ve) )/g, '')
      .replace(/'/g, ' ')
      .replace(/ {2,}/g, ' ');
  return folded === ' ' ? '' : folded;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}
