import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  Length,
  MaxLength,
} from 'class-validator';
import { Checkbox, Lines } from '../http/fields.js';
import type { FieldValidationError } from '../kernel/errors.js';
import { NewPostWords } from '../posts/post.dto.js';

export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const REPLY_WISHES = ['listen', 'experiences', 'advice'] as const;

/** Days for which a poll accepts votes; 0 for no end. */
export const POLL_DAYS = [1, 3, 7, 30, 0] as const;
export const POLL_RESULTS = ['voted', 'closed'] as const;

export class NewThread extends NewPostWords {
  static override readonly repeated = NewPostWords.repeated;

  @Length(3, 120, { message: 'threads.error.title' })
  title = '';

  @IsIn(KINDS, { message: 'threads.error.kind' })
  kind: (typeof KINDS)[number] = 'support';

  @IsIn(REPLY_WISHES, { message: 'threads.error.wish' })
  replyWish: (typeof REPLY_WISHES)[number] = 'listen';

  @MaxLength(60, { message: 'threads.error.topic' })
  topic = '';

  /** Without a question there is no poll. */
  @MaxLength(160, { message: 'threads.error.poll-question' })
  pollQuestion = '';

  /** One option per line. */
  @Lines()
  @IsArray({ message: 'threads.error.poll-options' })
  @ArrayMaxSize(8, { message: 'threads.error.poll-options' })
  @ArrayUnique({ message: 'threads.error.poll-options' })
  @Length(1, 100, { each: true, message: 'threads.error.poll-options' })
  pollOptions: string[] = [];

  @Checkbox()
  @IsBoolean()
  pollSeveral = false;

  /** Days until the poll closes; 0 for never. */
  @Transform(({ value }) => Number(value))
  @IsIn(POLL_DAYS, { message: 'forms.error.invalid' })
  pollDays: number = 7;

  @IsIn(POLL_RESULTS, { message: 'forms.error.invalid' })
  pollResults: (typeof POLL_RESULTS)[number] = 'voted';

  /**
   * A poll needs a question and at least two options; showing results at the end requires an end.
   */
  static check(form: NewThread): FieldValidationError[] {
    const { pollQuestion, pollOptions, pollDays, pollResults } = form;
    if (pollQuestion === '' && pollOptions.length === 0) return [];
    return [
      ...(pollQuestion === ''
        ? [{ field: 'pollQuestion', key: 'threads.error.poll-question' }]
        : []),
      ...(pollOptions.length < 2
        ? [{ field: 'pollOptions', key: 'threads.error.poll-options' }]
        : []),
      ...(pollDays === 0 && pollResults === 'closed'
        ? [{ field: 'pollDays', key: 'threads.error.poll-never' }]
        : []),
    ];
  }
}
