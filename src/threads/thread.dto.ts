import { Transform } from 'class-transformer';
import { IsIn, Length, MaxLength } from 'class-validator';
import { NewPostWords } from '../posts/post.dto.js';

export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const REPLY_WISHES = ['listen', 'experiences', 'advice'] as const;

/** Hours until a closed thread opens by itself; 0 for no end. */
export const LOCK_HOURS = [0, 1, 24, 72, 168] as const;
/** Minutes between two replies of one member; 0 for none. */
export const SLOW_MINUTES = [0, 10, 60, 360, 1440] as const;

export class LockForm {
  @Transform(({ value }) => Number(value))
  @IsIn(LOCK_HOURS, { message: 'forms.error.invalid' })
  hours = 0;
}

export class SlowForm {
  @Transform(({ value }) => Number(value))
  @IsIn(SLOW_MINUTES, { message: 'forms.error.invalid' })
  minutes = 0;
}

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
}
