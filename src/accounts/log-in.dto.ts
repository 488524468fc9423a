import { IsBoolean, Length, MaxLength } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { LONGEST_PASSWORD } from './password.js';

export class LogIn {
  @Length(1, 200, { message: 'accounts.error.email' })
  email = '';

  @Length(1, LONGEST_PASSWORD, { message: 'accounts.error.no-password' })
  password = '';

  @MaxLength(30, { message: 'forms.error.invalid' })
  code = '';

  @MaxLength(500, { message: 'forms.error.invalid' })
  next = '';

  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';

  /** Others use the device too. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  shared = false;
}

export class SecondStep {
  @MaxLength(100, { message: 'forms.error.invalid' })
  ticket = '';

  /** Six digits, or a recovery code. */
  @Length(1, 30, { message: 'accounts.error.code' })
  code = '';

  @MaxLength(500, { message: 'forms.error.invalid' })
  next = '';

  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';

  /** Others use the device too. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  shared = false;
}

/** A form that was sealed for the time of a log-in. */
export class KeptForm {
  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';
}

/** What a browser made of a passkey prompt: filled in by the script of the page. */
export class PasskeyAnswer {
  @Length(1, 20_000, { message: 'accounts.error.passkey' })
  credential = '';

  @Length(1, 1_000, { message: 'accounts.error.passkey' })
  state = '';
}

export class PasskeyLogIn extends PasskeyAnswer {
  @MaxLength(500, { message: 'forms.error.invalid' })
  next = '';

  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';

  /** Others use the device too. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  shared = false;
}
