import { IsBoolean, Length, MaxLength } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import type { Submitted } from '../http/form.js';
import type { LogInTarget } from '../http/log-in-form.js';
import { localPath } from '../http/page.js';
import { MAX_PASSWORD_LENGTH } from './password.js';

/** A form encrypted for the duration of a log-in. */
export class PreservedFormField {
  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';
}

/** Where to continue after the member has proved their identity: a page, or a preserved form. */
export class ContinuationForm extends PreservedFormField {
  @MaxLength(500, { message: 'forms.error.invalid' })
  next = '';
}

/** Fields that every log-in submits, whichever method is used. */
class LogInTargetForm extends ContinuationForm {
  /** Whether other people use the device too. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  shared = false;
}

export class LogIn extends LogInTargetForm {
  @Length(1, 200, { message: 'accounts.error.email' })
  email = '';

  @Length(1, MAX_PASSWORD_LENGTH, { message: 'accounts.error.no-password' })
  password = '';

  @MaxLength(30, { message: 'forms.error.invalid' })
  code = '';
}

export class SecondStep extends LogInTargetForm {
  @MaxLength(100, { message: 'forms.error.invalid' })
  ticket = '';

  /** Six digits, or a recovery code. */
  @Length(1, 30, { message: 'accounts.error.code' })
  code = '';
}

const credential = Length(1, 20_000, { message: 'accounts.error.passkey' });
const state = Length(1, 1_000, { message: 'accounts.error.passkey' });

/** The browser's response to a passkey prompt, filled in by the page's script. */
export class PasskeyAnswer {
  @credential
  credential = '';

  @state
  state = '';
}

/** Like `PasskeyAnswer`, with the target of the log-in. */
export class PasskeyLogIn extends LogInTargetForm {
  @credential
  credential = '';

  @state
  state = '';
}

/** Reads the target of a log-in form, even if the form is invalid. */
export function targetOf({ values }: Submitted<LogInTargetForm>): LogInTarget {
  const kept = typeof values.kept === 'string' ? values.kept : undefined;
  return { back: localPath(values.next, '/'), kept, shared: values.shared === 'on' };
}
