import { IsIn, Length } from 'class-validator';

export class ClosureForm {
  /** What happens to the member's posts. */
  @IsIn(['erase', 'leave'], { message: 'accounts.data.error.words' })
  words!: 'erase' | 'leave';

  @Length(1, 200, { message: 'accounts.error.no-password' })
  password = '';
}
