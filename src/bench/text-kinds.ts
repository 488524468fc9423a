/** A kind of harmless text of any length. */
export interface Kind {
  readonly name: string;
  /** The text, once for each ending. */
  readonly textsOf: (length: number) => string[];
}

const PIECES: Readonly<Record<string, string>> = {
  'one digit': '7',
  'all digits': '1234567890',
  zeros: '0',
  'digits in pairs': '12 ',
  'digits and dashes': '12-34-',
  'single digits and dashes': '1-',
  'digits and dots': '1.',
  'digits and slashes': '01/02/',
  'digits in brackets': '(1) ',
  'digits and letters': '1a',
  'number words': 'one two three ',
  'number words without spaces': 'onetwothree',
  'double and digit words': 'double oh, ',
  'one letter': 'a',
  'other letters': 'thequickbrownfox',
  'one capital': 'A',
  'capitals and small letters': 'Ab',
  'capitalised words': 'Anna Bell ',
  initials: 'A. ',
  'one word': 'word ',
  'the smallest words': 'a to of the ',
  'words of the first person': "i'm at my ",
  'a short sentence': 'We had soup today. ',
  'a sentence without an end': 'and then we went home and ',
  'numbered streets': '12 High ',
  dashes: '-',
  stars: '*',
  'lines below': '_',
  dots: '.',
  commas: ', ',
  colons: ':',
  slashes: '/',
  'open brackets': '(',
  'closed brackets': ')',
  'pairs of brackets': '[()]',
  'at-signs': '@',
  'letters and at-signs': 'a@',
  'parts of mail addresses': 'a.b@c.',
  'words for at and dot': 'a at b dot ',
  'beginnings of addresses': 'https://',
  addresses: 'https://example.org/a ',
  'host names': 'www.a.',
  'names of sites': 'insta is ',
  'hash signs': '#',
  'money signs': '$1 ',
  'plus signs': '+',
  apostrophes: "'",
  'words in the genitive': "'s",
  'quotation marks': '"',
  'question marks': '? ',
  'exclamation marks': '!',
  spaces: ' ',
  tabs: '\t',
  newlines: '\n',
  'spaces and newlines': ' \n',
  lists: '\n- ',
  quotations: '> a\n',
  'words with dashes': 'a-',
  'words with lines below': 'a_',
  'letters apart': 'b c d ',
  'words with stars': 'a*b ',
  'Cyrillic words': 'привет ',
  'Cyrillic letters': 'ж',
  'Han characters': '漢',
  'Arabic words': 'مرحبا ',
  'German letters': 'Straße ',
  'look-alike letters': 'рaсе ',
  'combining marks': 'e\u0301',
  'full-width digits': '１',
  emoji: '💛',
  'characters without width': '\u200b',
};

/**
 * Endings of a text: none, or one that no pattern accepts, so that a match fails and backtracks.
 */
const ENDINGS = ['', 'z§'] as const;

/**
 * A piece repeated up to a length, with each ending, as endings trigger backtracking.
 * @param beginning of the text, once
 */
export function repeated(name: string, piece: string, beginning = ''): Kind {
  let kept: string[] = [];
  return {
    name,
    textsOf: (length) => {
      // The next pattern is tried with the same texts.
      if (kept[0]?.length === length) return kept;
      const long = beginning + piece.repeat(Math.ceil(length / piece.length));
      kept = ENDINGS.map((ending) => long.slice(0, length - ending.length) + ending);
      return kept;
    },
  };
}

export const KINDS: readonly Kind[] = Object.entries(PIECES).map(([name, piece]) =>
  repeated(name, piece),
);

/** HTML emails, by the piece that is repeated. */
const HTML_PIECES: Readonly<Record<string, string>> = {
  paragraphs: '<p class="x">words and words</p>',
  breaks: 'a<br>',
  'open elements': '<div>a',
  'open quotations': '<blockquote>a',
  'open links': '<a href="https://x.example">a',
  'open comments': '<!-- a',
  'open quotation marks': `<p title="a'>`,
  'open tags': '<p "" ',
  'open styles': '<style>a',
  signs: '&amp;&#146;<',
};

export const HTML_KINDS: readonly Kind[] = [
  ...Object.entries(HTML_PIECES).map(([name, piece]) => repeated(name, piece)),
  repeated('rows of a table', '<tr><td>a</td></tr>', '<table>'),
];
