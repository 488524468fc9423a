import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formPage, formView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import { LogInForm, type LogInTarget } from '../http/log-in-form.js';
import type { Page } from '../http/page.js';
import type { Translator } from '../i18n/translator.js';
import { Passkeys } from './passkeys.service.js';

/** The pages of the log-in flow. */
@Injectable()
export class LogInPage implements OnModuleInit {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly logIn: LogInForm,
  ) {}

  onModuleInit(): void {
    this.logIn.offerPasskeys(() => this.passkeys.promptToLogIn(null));
  }

  /** Asks for the address and password, or a passkey. */
  show(i18n: Translator, target: LogInTarget, faulty?: InvalidForm): Promise<Page> {
    return this.logIn.page(i18n, target, { faulty });
  }

  /**
   * Asks for the second factor, after the password. The status is 422 even before any mistake,
   * because the log-in is not complete.
   */
  async secondStep(
    i18n: Translator,
    step: { ticket: string; memberId: string },
    target: LogInTarget,
    fault?: string,
  ): Promise<Page> {
    const faulty =
      fault === undefined ? undefined : { values: {}, faults: [{ field: 'code', key: fault }] };
    const keys = await this.passkeys.list(step.memberId);
    const view = {
      ticket: step.ticket,
      ...target,
      passkey: keys.length > 0 ? await this.passkeys.promptToLogIn(step.memberId) : null,
      form: formView(i18n, faulty),
    };
    return formPage('accounts/second-step', view, faulty, {
      titleKey: 'accounts.second-step.title',
      status: 422,
    });
  }
}
