/**
 * Private-use characters that mark the start and end of a match, and replace "<". They are removed
 * from the text first, so that authors cannot write them.
 */
const [BEGIN, END, LESS] = ['\uE000', '\uE001', '\uE002'];
const GAP = ' … ';
const HEADLINE_OPTIONS = [
  `StartSel=${BEGIN}`,
  `StopSel=${END}`,
  'MaxFragments=2',
  'MaxWords=26',
  'MinWords=12',
  `FragmentDelimiter="${GAP}"`,
].join(', ');

/**
 * SQL expression: fragments of a text around the matches. PostgreSQL drops what looks like a tag,
 * such as "x" in "a <x> b", so "<" is replaced first
 * (findings/postgres-headline-eats-angle-brackets.sh).
 */
export function headline(config: string, text: string, query: string): string {
  // `translate` compares every character of a text with each of these.
  const unmarked = [BEGIN, END, LESS].reduce((all, mark) => `replace(${all}, '${mark}', '')`, text);
  const plain = `replace(${unmarked}, '<', '${LESS}')`;
  return `ts_headline(${config}, ${plain}, ${query}, '${HEADLINE_OPTIONS}')`;
}

export interface SnippetPart {
  text: string;
  found: boolean;
}

/** Markdown syntax, which is removed from a snippet. */
const MARKS = /!?\[([^\]]*)\]\([^)]*\)|[*_`~]{1,3}|^\s{0,3}(?:#{1,6}|>+)\s?/gm;

/** Splits a headline into matches and the text between them, as plain text for a template. */
export function snippetParts(text: string): SnippetPart[] {
  return text
    .replaceAll(LESS, '<')
    .split(BEGIN)
    .flatMap((piece, at) => {
      const [first = '', ...rest] = piece.split(END);
      return at === 0 || rest.length === 0
        ? [{ text: piece, found: false }]
        : [
            { text: first, found: true },
            { text: rest.join(''), found: false },
          ];
    })
    .map(({ text, found }) => ({ text: text.replace(MARKS, '$1').replace(/\s+/g, ' '), found }))
    .filter(({ text }) => text !== '');
}

/** The distinct words that a headline marks, by `wordStart`. */
export function matchedWords(text: string): Set<string> {
  const words = snippetParts(text).filter(({ found }) => found);
  return new Set(words.map(({ text: word }) => wordStart(word)));
}

/** The first letters of a word, which its forms have in common. */
export function wordStart(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, 4);
}
