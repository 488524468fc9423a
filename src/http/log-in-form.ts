import { Injectable } from '@nestjs/common';
import type { Translator } from '../i18n/translator.js';
import { formPage, formView } from './form-page.js';
import type { FaultyForm } from './form.js';
import { withNext, type Page } from './page.js';

/** Where a log-in leads: the page that was asked for, or a form that was sent without a session. */
export interface LogInTarget {
  back: string;
  /** A sealed form (`PreservedForms`). */
  kept: string | undefined;
  /** Others use the device too. */
  shared: boolean;
}

/** What the script hands to the browser, and what comes back with the answer. */
export interface PasskeyPrompt {
  /** `PublicKeyCredential…OptionsJSON` of WebAuthn, as JSON. */
  options: string;
  state: string;
}

/** A form that came back, and the status of a page that nobody asked for. */
interface LogInAnswer {
  faulty?: FaultyForm | undefined;
  status?: number;
}

/**
 * The page that asks for the address and the password, or a passkey: at `/login`, and with 401
 * wherever a guest asks for what needs an account.
 */
@Injectable()
export class LogInForm {
  private promptForPasskey: () => Promise<PasskeyPrompt | null> = () => Promise.resolve(null);

  /** Called once by the feature that knows passkeys. */
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

/** The password once more, before what is sensitive. */
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
