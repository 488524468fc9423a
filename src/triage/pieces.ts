import { normalizeCharacter, type NormalizedCharacter } from './normalize.js';
import type { Spelling } from './spelling-correction.js';
import type { Word } from './word.js';

const INSIDE = new Set(["'", '*', '@', '$', '!', '#', '|', '€']);
const NO_WORDS: readonly Word[] = [];

const sizeOf = (code: number): number => (code > 0xffff ? 2 : 1);

function characterAt(text: string, at: number): NormalizedCharacter | null {
  const code = text.codePointAt(at);
  return code === undefined ? null : normalizeCharacter(code);
}

const isAlphanumeric = (each: NormalizedCharacter | null): boolean =>
  each?.kind === 'letter' || each?.kind === 'digit';

/** 1 for each code of a Latin letter or digit without an accent. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  isAlphanumeric(normalizeCharacter(code)) ? 1 : 0,
);

/** Whether a sign within a word may stand for a letter: "don't", "su*c*de", "k!ll". */
function isInside({ kind, plain }: NormalizedCharacter, next: NormalizedCharacter | null): boolean {
  return kind === 'mark' && INSIDE.has(plain) && (plain === '*' || isAlphanumeric(next));
}

function beginsWord(char: NormalizedCharacter, text: string, next: number): boolean {
  if (isAlphanumeric(char)) return true;
  return (char.plain === '$' || char.plain === '@') && characterAt(text, next)?.kind === 'letter';
}

/** The end of the word that begins at an index. Invisible characters do not end it. */
function wordEnd(text: string, from: number): number {
  let end = from;
  for (let at = from; at < text.length;) {
    const code = text.codePointAt(at) ?? 32;
    if (PLAIN[code] === 1) {
      at += 1;
      end = at;
      continue;
    }
    const char = normalizeCharacter(code);
    const next = at + sizeOf(code);
    if (at === from || isAlphanumeric(char) || isInside(char, characterAt(text, next))) end = next;
    else if (char.kind !== 'nothing') break;
    at = next;
  }
  return end;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A word, punctuation mark or emoji. */
export interface Piece {
  readonly kind: 'word' | 'emoji' | 'mark';
  readonly text: string;
  /** The words that a word stands for. */
  readonly words: readonly Word[];
  readonly from: number;
  readonly to: number;
  /** Follows the previous piece without a space. */
  readonly glued: boolean;
}

/** The pieces of a text. They are reused for the next text, as there are hundreds of them. */
export class Pieces {
  private readonly list: Writable<Piece>[] = [];
  private count = 0;
  /** The number of letters outside the Latin alphabet, and of all letters. */
  foreign = 0;
  letters = 0;

  get length(): number {
    return this.count;
  }

  at(index: number): Piece | undefined {
    return index < this.count ? this.list[index] : undefined;
  }

  private add(
    kind: Piece['kind'],
    text: string,
    words: readonly Word[],
    from: number,
    to: number,
    glued: boolean,
  ): void {
    const piece = this.list[this.count];
    this.count += 1;
    if (piece === undefined) {
      this.list.push({ kind, text, words, from, to, glued });
      return;
    }
    piece.kind = kind;
    piece.text = text;
    piece.words = words;
    piece.from = from;
    piece.to = to;
    piece.glued = glued;
  }

  /** Reads the words, punctuation and emoji of a text in order. */
  read(text: string, spelling: Spelling): void {
    this.count = 0;
    this.foreign = 0;
    this.letters = 0;
    let glued = false;
    for (let from = 0; from < text.length;) {
      const code = text.codePointAt(from) ?? 32;
      const char = normalizeCharacter(code);
      let to = from + sizeOf(code);
      if (beginsWord(char, text, to)) {
        to = wordEnd(text, from);
        const word = spelling.spell(text.slice(from, to));
        this.letters += word.letters;
        this.foreign += word.foreign;
        if (word.text !== '') this.add('word', word.text, word.words, from, to, glued);
        glued = true;
      } else if (char.kind === 'emoji' || char.kind === 'mark') {
        this.add(char.kind, char.plain, NO_WORDS, from, to, glued);
        glued = true;
      } else if (char.kind === 'space') {
        if (char.plain === '\n') this.add('mark', '\n', NO_WORDS, from, to, false);
        glued = false;
      }
      from = to;
    }
  }
}
