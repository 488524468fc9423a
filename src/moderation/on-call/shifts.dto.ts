import { IsIn, Matches, MaxLength } from 'class-validator';
import { DUTIES, type Duty } from './escalation-policy.js';

export class ShiftForm {
  /** A handle; empty for the viewer. */
  @MaxLength(25, { message: 'moderation.error.shift-nobody' })
  member = '';

  @IsIn(DUTIES, { message: 'moderation.error.shift-duty' })
  duty: Duty = 'primary';

  @Matches(/^20\d\d-\d\d-\d\d$/, { message: 'moderation.error.shift-day' })
  day!: string;

  @Matches(/^\d\d:\d\d$/, { message: 'moderation.error.shift-time' })
  from!: string;

  @Matches(/^\d\d:\d\d$/, { message: 'moderation.error.shift-time' })
  to!: string;
}

export class HandoverForm {
  @Matches(/\S/, { message: 'moderation.error.note' })
  @MaxLength(2_000, { message: 'moderation.error.handover-long' })
  body = '';
}
