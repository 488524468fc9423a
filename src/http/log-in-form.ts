import { Injectable } from '@nestjs/common';
import type { Translator } from '../i18n/translator.js';
import { formPage, formView } from './form-page.js';
import type { InvalidForm } from './form.js';
import { withNext, type Page } from './page.js';

/** Where a log-in leads: the requested page, or a form that was submitted without a session. */
export interface LogInTarget {
  back: string;
  /** An encrypted form (`PreservedForms`). */
  kept: string | undefined;
  /** Whether other people use the device too. */
  shared: boolean;
}

/** What the script passes to the browser, and what comes back with the response. */
export interface PasskeyPrompt {
  /** `PublicKeyCredential…OptionsJSON` of WebAuthn, as JSON. */
  options: string;
  state: string;
}

/**
 * An invalid log-in form, and the status of a log-in page that was shown instead of another page.
 */
interface LogInAnswer {
  faulty?: InvalidForm | undefined;
  status?: number;
}

/**
 * The log-in page, which asks for the email address and password, or a passkey: at `/login`, and
 * with 401 wherever a guest requests a page that needs an account.
 */
@Injectable()
export class LogInForm {
  private promptForPasskey: () => Promise<PasskeyPrompt | null> = () => Promise.resolve(null);

  /** Registers passkeys; called once by the feature that implements them. */
  offerPasskeys(prompt: () => Promise<PasskeyPrompt>): void {
    this.promptForPasskey = prompt;
  }

  async page(
    i18n: Pick<Translator, 't'>,
    target: LogInTarget,
    { faulty, status }: LogInAnswer = {},
  ): Promise<Page> {
    const { back, kept, shared } = target;
    const view = {
      back,
      kept,
      shared,
      waiting: kept !== undefined && kept !== '',
      returns: back !== '/',
      passkey: await this.promptForPasskey(),
      form: formView(i18n, faulty),
      signUp: withNext('/signup', back),
      organisationLogIn: withNext('/login/organisation', back),
    };
    return formPage('accounts/login', view, faulty, {
      titleKey: 'accounts.login.title',
      ...(status === undefined ? {} : { status }),
    });
  }
}

/** Asks for the password again before a sensitive action. */
export function reauthenticationPage(
  i18n: Pick<Translator, 't'>,
  { back, kept }: Pick<LogInTarget, 'back' | 'kept'>,
  { faulty, status }: LogInAnswer = {},
): Page {
  const view = {
    back,
    kept,
    form: formView(i18n, faulty),
    organisationLogIn: withNext('/login/organisation', back),
  };
  return formPage('accounts/confirm', view, faulty, {
    titleKey: 'accounts.confirm.title',
    ...(status === undefined ? {} : { status }),
  });
}
