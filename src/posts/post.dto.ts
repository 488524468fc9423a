import { Transform } from 'class-transformer';
import {
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsOptional,
  IsInt,
  IsString,
  Length,
  MaxLength,
  Min,
} from 'class-validator';
import { CONTENT_NOTES } from '../content/content-notes.js';

/** Characters; a long night's letter fits, a book does not. */
export const LONGEST_BODY = 20_000;

/** What every form with a post's text has. */
export class PostWords {
  static readonly repeated: readonly string[] = ['contentWarnings', 'strategies'];

  @Length(1, LONGEST_BODY, { message: 'posts.error.body' })
  body = '';

  @IsIn(CONTENT_NOTES, { each: true, message: 'posts.error.content-warnings' })
  @ArrayUnique({ message: 'posts.error.content-warnings' })
  contentWarnings: string[] = [];

  @MaxLength(160, { message: 'posts.error.summary' })
  summary = '';

  /** Says that details in these very words were explained, and that they are meant. */
  @MaxLength(40, { message: 'forms.error.invalid' })
  detailsSeen = '';
}

/** A post that is new: under which name, and a key that makes sending it twice harmless. */
export class NewPostWords extends PostWords {
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
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'posts.error.stale' })
  @Min(1, { message: 'posts.error.stale' })
  version = 0;
}

/** A button of the card above one's own post. */
export class CardAnswer {
  /** Where the button stood, and so where it answers. */
  @IsOptional()
  @IsIn(['', 'home'], { message: 'forms.error.invalid' })
  from = '';
}

/** What a rule of the place suggests; the author decides. */
export class SuggestedNotes {
  @IsIn(['add', 'leave'], { message: 'forms.error.invalid' })
  answer!: 'add' | 'leave';
}

export class Reaction {
  @IsIn(['same-boat', 'with-you', 'thank-you', 'helped'], { message: 'posts.error.reaction' })
  kind!: 'same-boat' | 'with-you' | 'thank-you' | 'helped';
}
