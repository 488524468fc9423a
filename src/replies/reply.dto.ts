import { Matches } from 'class-validator';
import { NewPostWords } from '../posts/post.dto.js';

export class NewReply extends NewPostWords {
  static override readonly repeated = NewPostWords.repeated;

  /** Id of the post that is answered; empty for the thread as a whole. */
  @Matches(/^([1-9]\d{0,17})?$/, { message: 'posts.error.reply-to' })
  replyTo = '';
}
