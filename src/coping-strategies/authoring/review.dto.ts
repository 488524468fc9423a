import { IsIn, IsInt, MaxLength } from 'class-validator';
import { WholeNumber } from '../../http/fields.js';

export class Review {
  @IsIn(['publish', 'return', 'decline'], { message: 'strategies.error.action' })
  action!: 'publish' | 'return' | 'decline';

  /** Shown to the writer. */
  @MaxLength(2_000, { message: 'strategies.error.reason' })
  reason = '';

  @WholeNumber()
  @IsInt({ message: 'strategies.error.moved-on' })
  version = 0;
}
