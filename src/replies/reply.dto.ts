import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { NewPostWords } from '../posts/post.dto.js';

export class NewReply extends NewPostWords {
  static override readonly repeated = NewPostWords.repeated;

  /** Addresses of strategies that the reply tells of. */
  @IsArray({ message: 'strategies.error.which' })
  @ArrayMaxSize(20, { message: 'strategies.error.many' })
  @Matches(/^[a-z0-9-]{2,80}$/, { each: true, message: 'strategies.error.which' })
  strategies: string[] = [];

  /** Id of the post that is answered; empty for the thread as a whole. */
  @Matches(/^([1-9]\d{0,17})?$/, { message: 'posts.error.reply-to' })
  replyTo = '';
}
