import { Transform } from 'class-transformer';
import { IsIn, Matches } from 'class-validator';
import type { Submitted } from '../http/form.js';

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

/** The page of the thread that a form was submitted from. */
export class ThreadPlace {
  @Matches(/^[1-9]\d{0,5}$/, { message: 'forms.error.invalid' })
  page = '1';
}

/** The page number that the form was submitted from; 1 if it does not say. */
export function pageIn(form: Submitted<ThreadPlace>): number {
  return form.valid ? Number(form.value.page) : 1;
}
