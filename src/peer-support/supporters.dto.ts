import { IsIn, IsInt, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { WholeNumber } from '../http/fields.js';

/** The training steps of a peer supporter; their texts are messages. */
export const TRAINING = ['listening', 'limits', 'danger', 'privacy', 'rest', 'asking'] as const;

export class Application {
  static readonly repeated = ['steps'] as const;

  @Length(3, 1_000, { message: 'belonging.error.why' })
  why = '';

  @WholeNumber()
  @IsInt({ message: 'belonging.error.capacity' })
  @Min(0, { message: 'belonging.error.capacity' })
  @Max(50, { message: 'belonging.error.capacity' })
  capacity = 3;

  @IsIn(TRAINING, { each: true, message: 'belonging.error.steps' })
  steps: string[] = [];
}

export class DutyForm {
  @WholeNumber()
  @IsInt({ message: 'belonging.error.capacity' })
  @Min(0, { message: 'belonging.error.capacity' })
  @Max(50, { message: 'belonging.error.capacity' })
  capacity = 3;

  /** A date, or '' for on duty. */
  @Matches(/^(\d{4}-\d{2}-\d{2})?$/, { message: 'belonging.error.until' })
  offDutyUntil = '';
}

export class SupporterAnswer {
  @MaxLength(1_000, { message: 'communities.error.note-long' })
  line = '';
}
