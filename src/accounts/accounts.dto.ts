import {
  Equals,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { Checkbox, IdempotencyKey } from '../http/fields.js';
import { COUNTRY_CODES } from '../kernel/countries.js';
import type { FieldValidationError } from '../kernel/errors.js';
import { HANDLE } from './handles.js';
import { AUDIENCES, type Audience } from './member.entity.js';
import { ContinuationForm, PasskeyAnswer } from './log-in.dto.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password.js';

export class AppCode {
  @Length(1, 30, { message: 'accounts.error.code' })
  code = '';

  @IdempotencyKey()
  idempotencyKey = '';
}

export class PasskeyName {
  @Length(1, 60, { message: 'accounts.error.passkey-name' })
  name = '';
}

export class NewPasskey extends PasskeyAnswer {
  @Length(1, 60, { message: 'accounts.error.passkey-name' })
  name = '';
}

export class Confirmation extends ContinuationForm {
  @Length(1, MAX_PASSWORD_LENGTH, { message: 'accounts.error.no-password' })
  currentPassword = '';
}

export class AddressForm {
  @IsEmail({}, { message: 'accounts.error.email' })
  @MaxLength(200, { message: 'accounts.error.email' })
  email = '';
}

export class ChangeAddress extends AddressForm {
  @Length(1, MAX_PASSWORD_LENGTH, { message: 'accounts.error.no-password' })
  currentPassword = '';
}

/** A password reset with a recovery code, for an account without an address. */
export class CodeReset {
  @Matches(HANDLE, { message: 'accounts.error.code-name' })
  handle = '';

  @Length(1, 30, { message: 'accounts.error.code-missing' })
  code = '';

  @Length(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH, { message: 'accounts.error.password' })
  password = '';
}

export class NewPassword {
  @Length(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH, { message: 'accounts.error.password' })
  password = '';

  /** As in `SignUp`; only required if the account has not confirmed it yet. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  ageConfirmed = false;

  /** Like `ageConfirmed`. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  guidelinesAccepted = false;

  /** @returns errors for the confirmations that are missing */
  static missing(form: NewPassword): FieldValidationError[] {
    return [
      ...(form.ageConfirmed ? [] : [{ field: 'ageConfirmed', key: 'accounts.error.age' }]),
      ...(form.guidelinesAccepted
        ? []
        : [{ field: 'guidelinesAccepted', key: 'accounts.error.guidelines' }]),
    ];
  }
}

export class ChangePassword {
  @Length(1, MAX_PASSWORD_LENGTH, { message: 'accounts.error.no-password' })
  currentPassword = '';

  @Length(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH, { message: 'accounts.error.password' })
  newPassword = '';
}

export class Profile {
  @MaxLength(2_000, { message: 'accounts.error.about' })
  about = '';

  @IsOptional()
  @IsIn(['', ...Intl.supportedValuesOf('timeZone'), 'UTC'], { message: 'accounts.error.time-zone' })
  timeZone = '';

  @IsIn(['', ...COUNTRY_CODES], { message: 'accounts.error.country' })
  country = '';

  /** Empty to keep the current value. */
  @IsIn(['', ...AUDIENCES], { message: 'forms.error.invalid' })
  aboutAudience: Audience | '' = '';

  @IsIn(['', ...AUDIENCES], { message: 'forms.error.invalid' })
  sinceAudience: Audience | '' = '';
}

export class BreakForm {
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'accounts.error.break' })
  until = '';
}

export class ResetQuestion {
  @Matches(HANDLE, { message: 'accounts.error.reset-handle' })
  handle = '';

  @Length(1, 1_000, { message: 'accounts.error.reset-reason' })
  reason = '';
}

export class ResetAnswer {
  @IsIn(['agree', 'decline'], { message: 'forms.error.invalid' })
  answer!: 'agree' | 'decline';
}

export class OrganisationJoin {
  @Length(1, 500, { message: 'forms.error.invalid' })
  ticket = '';

  @Matches(HANDLE, { message: 'accounts.error.handle' })
  handle = '';

  /** As in `SignUp`. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  keepHandle = false;

  @Checkbox()
  @Equals(true, { message: 'accounts.error.age' })
  ageConfirmed = false;

  @Checkbox()
  @Equals(true, { message: 'accounts.error.guidelines' })
  guidelinesAccepted = false;
}
