import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A part of a pattern in a data file: the text of a regular expression; a sequence of pieces;
 * `any`, one of several as a group; `either`, the same without a group; or `part`, a named piece.
 */
type Piece =
  | string
  | readonly Piece[]
  | { readonly any: readonly Piece[] }
  | { readonly either: readonly Piece[] }
  | { readonly part: string };

interface Named {
  /** Its purpose, if the name is not self-explanatory. */
  readonly why?: string;
}

interface PatternFile {
  readonly parts?: Readonly<Record<string, Named & { readonly pattern: Piece }>>;
  readonly patterns?: Readonly<
    Record<string, Named & { readonly flags?: string; readonly pattern: Piece }>
  >;
  /** Lists of words, several per line. */
  readonly words?: Readonly<Record<string, Named & { readonly words: readonly string[] }>>;
}

/** The patterns and word lists of one detector, compiled when the detector is loaded. */
export class Patterns {
  private readonly file: PatternFile;
  private readonly given: Readonly<Record<string, string>>;

  constructor(file: PatternFile, given: Readonly<Record<string, string>>) {
    this.file = file;
    this.given = given;
  }

  /** Returns the same data with additional parts that are built from others. */
  with(given: Readonly<Record<string, string>>): Patterns {
    return new Patterns(this.file, { ...this.given, ...given });
  }

  /** @throws Error if the file has no such pattern */
  regExp(name: string): RegExp {
    const { pattern, flags } = entryOf(this.file.patterns, name);
    return new RegExp(this.write(pattern), flags);
  }

  /** The text of a named part, for another detector's patterns. */
  source(name: string): string {
    return this.given[name] ?? this.write(entryOf(this.file.parts, name).pattern);
  }

  words(name: string): ReadonlySet<string> {
    return new Set(entryOf(this.file.words, name).words.flatMap((line) => line.split(' ')));
  }

  private write(piece: Piece): string {
    if (typeof piece === 'string') return piece;
    if (isList(piece)) return piece.map((each) => this.write(each)).join('');
    if ('part' in piece) return this.source(piece.part);
    if ('any' in piece) return `(?:${this.write({ either: piece.any })})`;
    return piece.either.map((each) => this.write(each)).join('|');
  }
}

function isList(piece: Piece): piece is readonly Piece[] {
  return Array.isArray(piece);
}

function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T {
  const entry = entries?.[name];
  if (entry === undefined) throw new Error(`the detector's data has no “${name}”`);
  return entry;
}

/**
 * Loads a detector's data.
 * @param file URL of the JSON data
 * @param given parts from other detectors or code, by name
 */
export function loadPatterns(file: URL, given: Readonly<Record<string, string>> = {}): Patterns {
  return new Patterns(JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as PatternFile, given);
}
