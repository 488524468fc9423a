import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  SENDERS,
  SUBJECTS,
  type MailSender,
  type MailSubject,
} from '../../mail/mail-appearance.js';
import type { FieldValidationError } from '../../kernel/errors.js';
import { FREQUENCIES, type Frequency } from './mail-choices.js';
import { isQuiet } from './mail-timing.js';

const number = Transform(({ value }) =>
  typeof value === 'string' && /^\d{1,2}$/.test(value)
    ? Number(value)
    : value === ''
      ? null
      : (value as unknown),
);
const ticked = Transform(({ value }) => value === 'on' || value === true);
const HOURS = [null, ...Array.from({ length: 24 }, (_, hour) => hour)];
const NOT = { message: 'forms.error.invalid' };

/** The form of the mail settings. */
export class MailSettingsForm {
  static repeated = ['communities'];

  @IsIn(['yes', 'no'], { message: 'notifications.error.safe' })
  mailSafe: 'yes' | 'no' = 'no';

  @IsIn(FREQUENCIES, NOT)
  reply: Frequency = 'at-once';

  @IsIn(FREQUENCIES, NOT)
  mention: Frequency = 'never';

  @IsIn(FREQUENCIES, NOT)
  follow: Frequency = 'never';

  @IsIn(FREQUENCIES, NOT)
  thread: Frequency = 'never';

  @IsIn(FREQUENCIES, NOT)
  team: Frequency = 'never';

  @IsIn(FREQUENCIES, NOT)
  own: Frequency = 'never';

  /**
   * One entry per choice: a community's slug, a kind and a frequency. Empty if the general choice
   * applies.
   */
  @ArrayMaxSize(400, NOT)
  @Matches(/^([a-z0-9-]{1,50} (reply|thread) (at-once|daily|weekly|never))?$/, {
    each: true,
    message: 'forms.error.invalid',
  })
  communities: string[] = [];

  @IsIn(['', ...Intl.supportedValuesOf('timeZone'), 'UTC'], NOT)
  timeZone = '';

  @number
  @IsInt(NOT)
  @Min(1, NOT)
  @Max(7, NOT)
  digestDay = 7;

  @number
  @IsInt(NOT)
  @Min(0, NOT)
  @Max(23, NOT)
  digestHour = 9;

  @number
  @IsIn(HOURS, NOT)
  quietFrom: number | null = null;

  @number
  @IsIn(HOURS, NOT)
  quietTo: number | null = null;

  @MaxLength(10, { message: 'notifications.error.pause' })
  @Matches(/^(\d{4}-\d{2}-\d{2})?$/, { message: 'notifications.error.pause' })
  pausedUntil = '';

  @ticked
  @IsBoolean(NOT)
  content = false;

  @ticked
  @IsBoolean(NOT)
  askHowItIs = false;

  @IsIn(SENDERS, NOT)
  sender: MailSender = 'messages';

  @IsIn(SUBJECTS, NOT)
  subject: MailSubject = 'message';

  /** Only letters, digits, spaces and hyphens: emails must not be made to say anything else. */
  @Matches(/^[\p{L}\p{M}\p{N} '’-]{0,40}$/u, { message: 'notifications.error.word' })
  privateWord = '';

  /** Quiet hours need a start and an end, and must not contain the digest's hour. */
  static check({ quietFrom, quietTo, digestHour }: MailSettingsForm): FieldValidationError[] {
    return [
      ...((quietFrom === null) === (quietTo === null)
        ? []
        : [{ field: 'quietTo', key: 'notifications.error.quiet' }]),
      ...(isQuiet(digestHour, { from: quietFrom, to: quietTo })
        ? [{ field: 'digestHour', key: 'notifications.error.hour' }]
        : []),
    ];
  }
}

export class MailSafeForm {
  @IsIn(['yes', 'no'], { message: 'notifications.error.safe' })
  mailSafe: 'yes' | 'no' = 'no';
}
