import {
  Equals,
  IsBoolean,
  IsEmail,
  IsIn,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { Checkbox } from '../http/fields.js';
import type { FieldValidationError } from '../kernel/errors.js';
import { HANDLE, revealsAddress } from './handles.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password.js';
import { passwordFault } from './password-policy.js';
import { isReserved } from './reserved-names.js';

export class SignUp {
  @Matches(HANDLE, { message: 'accounts.error.handle' })
  handle = '';

  @ValidateIf((form: SignUp) => !form.withoutEmail)
  @IsEmail({}, { message: 'accounts.error.email' })
  @MaxLength(200, { message: 'accounts.error.email' })
  email = '';

  /** Joins without an address, and gets recovery codes instead. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  withoutEmail = false;

  /** Whether a handle that looks like a real name was kept after the warning. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  keepHandle = false;

  @Length(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH, { message: 'accounts.error.password' })
  password = '';

  @Checkbox()
  @Equals(true, { message: 'accounts.error.age' })
  ageConfirmed = false;

  @Checkbox()
  @Equals(true, { message: 'accounts.error.guidelines' })
  guidelinesAccepted = false;

  /** A honeypot: people do not see it, bots fill it in. */
  @Equals('', { message: 'forms.error.trap' })
  website = '';

  /** Whether emails are safe for them; optional. */
  @IsIn(['', 'yes', 'no'], { message: 'forms.error.invalid' })
  mailSafe: '' | 'yes' | 'no' = '';

  /**
   * Rejects a handle or password derived from details that others know. The site's own name is
   * checked later.
   */
  static check({ handle, email, withoutEmail, password }: SignUp): FieldValidationError[] {
    if (!HANDLE.test(handle) || password.length > MAX_PASSWORD_LENGTH) return [];
    const fault = passwordFault(password, { handle, email, site: [] });
    return [
      ...(isReserved(handle) ? [{ field: 'handle', key: 'accounts.error.handle-reserved' }] : []),
      ...(!withoutEmail && revealsAddress(handle, email)
        ? [{ field: 'handle', key: 'accounts.error.handle-address' }]
        : []),
      ...(fault === null ? [] : [{ field: 'password', key: fault }]),
    ];
  }
}
