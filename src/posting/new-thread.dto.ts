import { IsIn, Length, MaxLength } from 'class-validator';
import { NewPostWords } from '../posts/post.dto.js';

export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const REPLY_WISHES = ['listen', 'experiences', 'advice'] as const;

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
