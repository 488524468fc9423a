/**
 * Private-use letters stand where what was found begins and ends, and for "<"; they are taken out
 * of the text first, so that nobody can write them.
 */
const [BEGIN, END, LESS] = ['\uE000', '\uE001', '\uE002'];
const GAP = ' … ';

/**
 * Stretches of a text around what was found, as SQL. PostgreSQL would leave out what it takes for a
 * tag, as "x" in "a <x> b": it is shown no "<" (findings/postgres-headline-eats-angle-brackets.sh).
 */
export function HEADLINE(config: string, text: string, query: string): string {
  return `ts_headline(${config}, translate(${text}, '<${BEGIN}${END}${LESS}', '${LESS}'), ${query}, 'StartSel=${BEGIN}, StopSel=${END}, MaxFragments=2, MaxWords=26, MinWords=12, FragmentDelimiter="${GAP}"')`;
}

export interface Part {
  text: string;
  found: boolean;
}

/** The signs of Markdown, which say nothing in a line of a list. */
const MARKS = /!?\[([^\]]*)\]\([^)]*\)|[*_`~]{1,3}|^\s{0,3}(?:#{1,6}|>+)\s?/gm;

/**
 * A headline as texts, found or not. They are plain: the template writes them as it writes
 * everything.
 */
export function parts(headline: string): Part[] {
  return headline
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
