/** URLs are autolinked: a backslash within would become part of the link. */
const ADDRESS = /https?:\/\/[^\s<>"[\]]+/gi;
const ENTITY = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}_]/u;
/** Characters that may need escaping; others are never special within a line. */
const SIGNS = /[\\*_`~[\]<&]/g;
const AUTOLINK = /^<[^\s<>]+>/;

/**
 * Escapes plain text so that Markdown displays it unchanged. Characters that are not special in
 * their position stay unescaped, to spare later editors the backslashes.
 * @param within whether it is inside a link label
 */
export function escapeInline(text: string, within = false): string {
  if (within) return escapePlain(text, 0, text.length, within);
  let out = '';
  let at = 0;
  for (const address of text.matchAll(ADDRESS)) {
    out += escapePlain(text, at, address.index, within) + address[0];
    at = address.index + address[0].length;
  }
  return out + escapePlain(text, at, text.length, within);
}

function escapePlain(text: string, from: number, to: number, within: boolean): string {
  const part = text.slice(from, to);
  return part.replace(SIGNS, (character, offset: number) =>
    isSpecial(character, text, from + offset, within) ? `\\${character}` : character,
  );
}

function isSpecial(character: string, text: string, at: number, within: boolean): boolean {
  const next = text[at + 1] ?? '';
  switch (character) {
    case '\\':
      return next === '' || next === '\n' || PUNCTUATION.test(next);
    case '*':
      return !(isSpace(text[at - 1]) && isSpace(next));
    case '_':
      return !(inWord(text, at, -1) && inWord(text, at, 1));
    case '~':
      return next === '~' || text[at - 1] === '~';
    case '[':
      return within;
    case ']':
      return within || next === '(' || next === ':' || next === '[';
    case '<':
      return AUTOLINK.test(text.slice(at, at + 400));
    case '&':
      return ENTITY.test(text.slice(at, at + 40));
    default:
      return true;
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ';
}

/** Whether a run of underscores is followed by a letter or digit, in the given direction. */
function inWord(text: string, at: number, step: 1 | -1): boolean {
  let to = at + step;
  while (text[to] === '_' && Math.abs(to - at) < 8) to += step;
  const character = text[to];
  return character !== undefined && character !== '_' && WORD.test(character);
}

const HEADING = /^#{1,6}(?=\s|$)/;
const BULLET = /^[-+*](?=\s|$)/;
const NUMBER = /^(\d{1,9})([.)])(?=\s|$)/;
const RULE = /^([-_*])(?:[ \t]*\1){2,}[ \t]*$/;

/** Escapes plain text that Markdown would read as a heading, list, quotation or rule. */
export function escapeLineStart(line: string): string {
  const text = line.trimStart();
  const indent = line.slice(0, line.length - text.length);
  if (text.startsWith('>') || HEADING.test(text) || BULLET.test(text) || RULE.test(text))
    return `${indent}\\${text}`;
  return indent + text.replace(NUMBER, '$1\\$2');
}
