/** Words that begin a clause. */
const TURNS = new Set('but because though although except however so then while'.split(' '));
/** Words at which a very long sentence is split. */
const STARTERS = new Set('i and but so then because he she they my'.split(' '));

/** What the features of a sentence need to know of a word. */
export interface WordFeatures {
  /** The table whose rows and parts these are. */
  readonly table: object;
  /** Rows: of its stem, of its stem in a reply, and of its being the only word of a sentence. */
  readonly row: number;
  readonly inReply: number;
  readonly alone: number;
  /** Parts of pairs: its stem, itself, and itself as the first word of a sentence. */
  readonly stem: number;
  readonly itself: number;
  readonly first: number;
  /** The bits of the persons that it stands for. */
  readonly people: number;
}

/**
 * A word after normalisation. Texts repeat a few thousand words, so each is one object that carries
 * what is known of it, and is looked up once.
 */
export class Word {
  readonly text: string;
  /** Its number in the rules; 0 if they do not contain it. */
  readonly number: number;
  readonly turns: boolean;
  readonly starts: boolean;
  /** Kept by the table of features that read it last. */
  features: WordFeatures | null = null;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
    this.turns = TURNS.has(text);
    this.starts = STARTERS.has(text);
  }
}
