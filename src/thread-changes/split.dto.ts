import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

/** The most posts that are shown, and can be ticked, at once. */
export const POSTS_SHOWN = 200;

/** Posts of a thread that become a thread of their own. */
export class SplitForm {
  static readonly repeated: readonly string[] = ['post'];

  /** Ids of the replies that move. */
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'threads.split.error.posts' })
  @ArrayUnique({ message: 'threads.split.error.posts' })
  @ArrayMaxSize(POSTS_SHOWN, { message: 'threads.split.error.posts' })
  @ArrayMinSize(1, { message: 'threads.split.error.posts' })
  post: string[] = [];

  /** Whether every reply after the last ticked one moves too. */
  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  rest: '' | 'on' = '';

  @Length(3, 120, { message: 'threads.split.error.title' })
  title = '';

  /** Read by those whose posts move, and kept in the audit log. */
  @MaxLength(1_000, { message: 'threads.split.error.reason-long' })
  @Length(1, undefined, { message: 'threads.split.error.reason' })
  reason = '';

  /** The number from which the page listed the replies. */
  @Matches(/^\d{0,9}$/, { message: 'forms.error.invalid' })
  from = '';

  @MaxLength(80, { message: 'forms.error.invalid' })
  idempotencyKey = '';
}
