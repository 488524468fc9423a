import { ArrayMaxSize, IsArray, IsBoolean, Matches } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { MOST_QUOTES } from '../posts/post-address.js';
import { NewPostWords } from '../posts/post.dto.js';

export class NewReply extends NewPostWords {
  static override readonly repeated = [...NewPostWords.repeated, 'quotes'];

  /** Slugs of the strategies that the reply links to. */
  @IsArray({ message: 'strategies.error.which' })
  @ArrayMaxSize(20, { message: 'strategies.error.many' })
  @Matches(/^[a-z0-9-]{2,80}$/, { each: true, message: 'strategies.error.which' })
  strategies: string[] = [];

  /** The author of the thread says how it went. */
  @Checkbox()
  @IsBoolean()
  update = false;

  /** Id of the post that is answered; empty for the thread as a whole. */
  @Matches(/^([1-9]\d{0,17})?$/, { message: 'posts.error.reply-to' })
  replyTo = '';

  /** Ids of the posts of the thread that the reply quotes, in the order of display. */
  @IsArray({ message: 'posts.error.quotes' })
  @ArrayMaxSize(MOST_QUOTES, { message: 'posts.error.many-quotes' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'posts.error.quotes' })
  quotes: string[] = [];
}
