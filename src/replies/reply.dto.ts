import { ArrayMaxSize, IsArray, IsBoolean, Matches } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { MAX_QUOTES } from '../posts/post-address.js';
import { NewPostWords } from '../posts/post.dto.js';

export class NewReply extends NewPostWords {
  static override readonly repeated = [...NewPostWords.repeated, 'quotes'];

  /** Slugs of the strategies that the reply links to. */
  @IsArray({ message: 'strategies.error.which' })
  @ArrayMaxSize(20, { message: 'strategies.error.many' })
  @Matches(/^[a-z0-9-]{2,80}$/, { each: true, message: 'strategies.error.which' })
  strategies: string[] = [];

  /** The thread's author says how things went. */
  @Checkbox()
  @IsBoolean()
  update = false;

  /**
   * The name to reply under, from a member who has written in the thread under several: `handle`,
   * `alias` for that of the thread, or the id of another alias.
   */
  @Matches(/^(handle|alias|[1-9]\d{0,17})?$/, { message: 'posts.error.choose-name' })
  writeAs = '';

  /** Id of the answered post; empty for a reply to the thread as a whole. */
  @Matches(/^([1-9]\d{0,17})?$/, { message: 'posts.error.reply-to' })
  replyTo = '';

  /** Ids of the posts in the thread that the reply quotes, in display order. */
  @IsArray({ message: 'posts.error.quotes' })
  @ArrayMaxSize(MAX_QUOTES, { message: 'posts.error.many-quotes' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'posts.error.quotes' })
  quotes: string[] = [];
}
