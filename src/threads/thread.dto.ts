import { Transform } from 'class-transformer';
import { IsIn } from 'class-validator';

/** Hours until a locked thread is unlocked automatically; 0 for no end. */
export const LOCK_HOURS = [0, 1, 24, 72, 168] as const;
/** Slow mode: minutes between two replies of one member; 0 for none. */
export const SLOW_MINUTES = [0, 10, 60, 360, 1440] as const;

export class LockForm {
  @Transform(({ value }) => Number(value))
  @IsIn(LOCK_HOURS, { message: 'forms.error.invalid' })
  hours = 0;
}

export class SlowForm {
  @Transform(({ value }) => Number(value))
  @IsIn(SLOW_MINUTES, { message: 'forms.error.invalid' })
  minutes = 0;
}
