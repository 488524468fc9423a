import { IsIn, Length } from 'class-validator';

export class ClosureForm {
  /** What becomes of what one wrote. */
  @IsIn(['erase', 'leave'], { message: 'accounts.data.error.words' })
  words!: 'erase' | 'leave';

  @Length(1, 200, { message: 'accounts.error.no-password' })
  password = '';
}
