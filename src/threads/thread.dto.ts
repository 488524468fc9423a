import { IsIn, Length, MaxLength } from 'class-validator';
import { NewPostWords } from '../posts/post.dto.js';

export const KINDS = ['support', 'question', 'experience', 'win'] as const;
export const WISHES = ['listen', 'experiences', 'advice'] as const;

export class NewThread extends NewPostWords {
  static override readonly repeated = NewPostWords.repeated;

  @Length(3, 120, { message: 'threads.error.title' })
  title = '';

  @IsIn(KINDS, { message: 'threads.error.kind' })
  kind: (typeof KINDS)[number] = 'support';

  @IsIn(WISHES, { message: 'threads.error.wish' })
  replyWish: (typeof WISHES)[number] = 'listen';

  @MaxLength(60, { message: 'threads.error.topic' })
  topic = '';
}
