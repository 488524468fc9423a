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
import { Checkbox, IdempotencyKey } from '../http/fields.js';
import { draftVersionIn } from './draft-fragments.js';
import { CONTENT_NOTES, ENDINGS, type Ending } from '../content/content-notes.js';
import { TEXT_LANGUAGES } from '../content/text-language.js';

/** Maximum number of characters of a post; enough for a long letter. */
export const MAX_BODY_LENGTH = 20_000;

/** Fields of every form that holds the text of a post. */
export class PostWords {
  static readonly repeated: readonly string[] = ['contentWarnings', 'strategies'];

  @Length(1, MAX_BODY_LENGTH, { message: 'posts.error.body' })
  body = '';

  @IsIn(CONTENT_NOTES, { each: true, message: 'posts.error.content-warnings' })
  @ArrayUnique({ message: 'posts.error.content-warnings' })
  contentWarnings: string[] = [];

  @MaxLength(160, { message: 'posts.error.summary' })
  summary = '';

  @IsIn(ENDINGS, { message: 'forms.error.invalid' })
  ending: Ending = '';

  /** Language of the text; empty to detect it. */
  @IsIn(['', ...TEXT_LANGUAGES], { message: 'forms.error.invalid' })
  language = '';

  /** Token of the text whose details the author has reviewed and chosen to keep. */
  @MaxLength(40, { message: 'forms.error.invalid' })
  detailsSeen = '';
}

/**
 * Fields of a new post: the alias box, an idempotency key, and whether the author wants to review
 * it before posting.
 */
export class NewPostWords extends PostWords {
  @Checkbox()
  @IsBoolean()
  review = false;

  @Transform(({ value }) => value === 'on' || value === 'true' || value === '1' || value === true)
  @IsBoolean()
  anonymous = false;

  @IsString()
  @IdempotencyKey()
  idempotencyKey = '';

  /** The version of the draft that the form showed; 0 if it showed none. */
  @Transform(({ value }) => draftVersionIn(value))
  @IsInt({ message: 'forms.error.invalid' })
  draftVersion = 0;

  @Transform(({ value }) => value === 'on' || value === 'true' || value === '1' || value === true)
  @IsBoolean()
  guidelinesAcknowledged = false;
}

export class EditPost extends PostWords {
  static override readonly repeated = [...PostWords.repeated, 'quotes'];

  /** The form listed the quotations of the post: those not ticked are removed. */
  @Checkbox()
  @IsBoolean()
  quotesOffered = false;

  /** Ids of the quoted posts to keep. */
  @IsArray({ message: 'posts.error.quotes' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'posts.error.quotes' })
  quotes: string[] = [];

  /** The thread's title, for an opening; unchanged if the form omits it. */
  @IsOptional()
  @Length(3, 120, { message: 'threads.error.title' })
  title?: string;

  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'posts.error.stale' })
  @Min(1, { message: 'posts.error.stale' })
  version = 0;
}

/** A button on the card above the author's own post. */
export class CardAnswer {
  /** The page with the button, to redirect back to. */
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
   * The reactions that the page showed as given, so that a button pressed twice still does what it
   * said. Without it the reaction is toggled.
   */
  @IsOptional()
  @IsString({ message: 'forms.error.invalid' })
  given?: string;
}
