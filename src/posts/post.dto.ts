import { Transform } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsInt,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { CONTENT_NOTES, ENDINGS, type Ending } from '../content/content-notes.js';
import { TEXT_LANGUAGES } from '../content/text-language.js';

/** Most characters of a post; long enough for a long letter. */
export const LONGEST_BODY = 20_000;

/** Fields of every form that holds the text of a post. */
export class PostWords {
  static readonly repeated: readonly string[] = ['contentWarnings', 'strategies'];

  @Length(1, LONGEST_BODY, { message: 'posts.error.body' })
  body = '';

  @IsIn(CONTENT_NOTES, { each: true, message: 'posts.error.content-warnings' })
  @ArrayUnique({ message: 'posts.error.content-warnings' })
  contentWarnings: string[] = [];

  @MaxLength(160, { message: 'posts.error.summary' })
  summary = '';

  @IsIn(ENDINGS, { message: 'forms.error.invalid' })
  ending: Ending = '';

  /** The language it is written in; empty where the text tells it. */
  @IsIn(['', ...TEXT_LANGUAGES], { message: 'forms.error.invalid' })
  language = '';

  /** Token of the text whose details the author has reviewed and kept. */
  @MaxLength(40, { message: 'forms.error.invalid' })
  detailsSeen = '';
}

/**
 * Fields of a new post: whether it is under an alias, an idempotency key, and whether its author
 * wants to review it before it is posted.
 */
export class NewPostWords extends PostWords {
  @Checkbox()
  @IsBoolean()
  review = false;

  @Transform(({ value }) => value === 'on' || value === 'true' || value === '1' || value === true)
  @IsBoolean()
  anonymous = false;

  @IsString()
  @MaxLength(100, { message: 'forms.error.invalid' })
  idempotencyKey = '';

  @Transform(({ value }) => value === 'on' || value === 'true' || value === '1' || value === true)
  @IsBoolean()
  guidelinesAcknowledged = false;
}

export class EditPost extends PostWords {
  static override readonly repeated = [...PostWords.repeated, 'quotes'];

  /** The form offered the quotations of the post: those that are not ticked are removed. */
  @Checkbox()
  @IsBoolean()
  quotesOffered = false;

  /** Ids of the quoted posts that stay. */
  @IsArray({ message: 'posts.error.quotes' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'posts.error.quotes' })
  quotes: string[] = [];

  /** Of the thread, with its opening; it stays where the form does not name it. */
  @IsOptional()
  @Length(3, 120, { message: 'threads.error.title' })
  title?: string;

  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'posts.error.stale' })
  @Min(1, { message: 'posts.error.stale' })
  version = 0;
}

/** A button of the card above the author's own post. */
export class CardAnswer {
  /** The page of the button, to which it returns. */
  @IsOptional()
  @IsIn(['', 'home'], { message: 'forms.error.invalid' })
  from = '';
}

/** The author's answer to content notes that a word rule suggested. */
export class SuggestedNotes {
  @IsIn(['add', 'leave'], { message: 'forms.error.invalid' })
  answer!: 'add' | 'leave';
}

export class Reaction {
  @IsIn(['same-boat', 'with-you', 'thank-you', 'helped'], { message: 'posts.error.reaction' })
  kind!: 'same-boat' | 'with-you' | 'thank-you' | 'helped';

  /**
   * The kinds that the page showed as given, so that a button pressed twice does what it said;
   * without it the reaction is toggled.
   */
  @IsOptional()
  @IsString({ message: 'forms.error.invalid' })
  given?: string;
}
