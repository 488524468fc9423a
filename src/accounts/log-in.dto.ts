import { IsBoolean, Length, MaxLength } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import type { Submitted } from '../http/form.js';
import type { LogInTarget } from '../http/log-in-form.js';
import { localPath } from '../http/page.js';
import { LONGEST_PASSWORD } from './password.js';

/** A form that was sealed for the time of a log-in. */
export class KeptForm {
  @MaxLength(400_000, { message: 'forms.error.invalid' })
  kept = '';
}

/** Where it goes on once the member has proved who they are: a page, or a form that was kept. */
export class OnwardForm extends KeptForm {
  @MaxLength(500, { message: 'forms.error.invalid' })
  next = '';
}

/** What every log-in sends, whatever proves who it is. */
class LogInTargetForm extends OnwardForm {
  /** Others use the device too. */
  @Checkbox()
  @IsBoolean({ message: 'forms.error.invalid' })
  shared = false;
}

export class LogIn extends LogInTargetForm {
  @Length(1, 200, { message: 'accounts.error.email' })
  email = '';

  @Length(1, LONGEST_PASSWORD, { message: 'accounts.error.no-password' })
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

/** What a browser made of a passkey prompt: filled in by the script of the page. */
export class PasskeyAnswer {
  @credential
  credential = '';

  @state
  state = '';
}

/** As `PasskeyAnswer`, and where the log-in leads. */
export class PasskeyLogIn extends LogInTargetForm {
  @credential
  credential = '';

  @state
  state = '';
}

/** The target that a form to log in names, also where the form has faults. */
export function targetOf({ values }: Submitted<LogInTargetForm>): LogInTarget {
  const kept = typeof values.kept === 'string' ? values.kept : undefined;
  return { back: localPath(values.next, '/'), kept, shared: values.shared === 'on' };
}
