import { Injectable } from '@nestjs/common';
import type { InvalidForm } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Passkeys } from './passkeys.service.js';
import { SecondFactor } from './second-factor.service.js';
import { secondStepSettings } from './second-step.view.js';
import { TotpSecrets } from './totp-secrets.js';

/** The page for managing second factors, for the controllers of its forms. */
@Injectable()
export class SecondStepPage {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly totp: TotpSecrets,
    private readonly passkeys: Passkeys,
  ) {}

  async settings(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const { memberId } = viewer;
    const state = await this.secondFactor.stateOf(memberId);
    const facts = {
      state,
      secret: state.pending ? await this.totp.pending(memberId) : null,
      passkeys: await this.passkeys.list(memberId),
      prompt: await this.passkeys.promptToAdd(viewer, i18n.t('layout.site')),
    };
    return secondStepSettings(i18n, viewer, facts, faulty);
  }

  /** Shows recovery codes in a response that no URL shows again. */
  codes(codes: string[]): Page {
    return page('accounts/recovery-codes', { codes }, { titleKey: 'accounts.codes.title' });
  }
}
