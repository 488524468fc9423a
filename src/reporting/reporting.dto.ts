import { Equals, IsIn, Length, Matches, MaxLength } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { REPORT_REASONS, type ReasonKey } from '../review/review-targets.js';

/** In characters. */
export const MAX_NOTE_LENGTH = 1_000;
/** The number by which a reporter refers to a report. */
export const REPORT_NUMBER = /^[A-Z0-9]{8}$/;

export class NewReport {
  @IsIn(Object.keys(REPORT_REASONS), { message: 'reporting.error.reason' })
  reason!: ReasonKey;

  @MaxLength(MAX_NOTE_LENGTH, { message: 'reporting.error.note' })
  note = '';
}

/** A report of illegal content, from anybody. */
export class IllegalContent {
  @Length(1, 500, { message: 'reporting.error.place' })
  place = '';

  @Length(10, MAX_NOTE_LENGTH, { message: 'reporting.error.why' })
  note = '';

  @MaxLength(120, { message: 'reporting.error.name' })
  name = '';

  @MaxLength(200, { message: 'reporting.error.email' })
  @Matches(/^([^\s@]+@[^\s@]+)?$/, { message: 'reporting.error.email' })
  email = '';

  @Checkbox()
  @Equals(true, { message: 'reporting.error.good-faith' })
  goodFaith = false;

  /** A honeypot: hidden from people, but filled in by bots. */
  @Equals('', { message: 'forms.error.trap' })
  website = '';
}
