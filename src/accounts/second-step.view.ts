import { formPage, formView } from '../http/form-page.js';
import { idempotencyKeyOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import type { PasskeyPrompt } from '../http/log-in-form.js';
import type { Page } from '../http/page.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { qrSvg } from '../rendering/qr.js';
import type { PasskeyRow } from './passkeys.queries.js';
import type { SecondFactorState } from './second-factor.queries.js';
import { settingsTabs } from './settings.view.js';
import { totpUri } from './totp.js';

interface SecondStepFacts {
  state: SecondFactorState;
  /** Set while an app is being set up. */
  secret: string | null;
  passkeys: PasskeyRow[];
  prompt: PasskeyPrompt;
}

/** The settings page for second factors. */
export function secondStepSettings(
  i18n: Translator,
  viewer: Viewer,
  { state, secret, passkeys, prompt }: SecondStepFacts,
  faulty?: InvalidForm,
): Page {
  const site = i18n.t('layout.site');
  const view = {
    tabs: settingsTabs(i18n, 'security'),
    form: formView(i18n, faulty),
    idempotencyKey: idempotencyKeyOf(faulty?.values ?? {}),
    app: state.app,
    codes: i18n.t('accounts.codes.left', { count: state.codes }),
    // If there is a factor that can be lost, or no mailbox to reset the password with.
    hasCodes: state.app || state.passkeys > 0 || !state.mailbox,
    passkeys: passkeys.map((key) => ({
      id: key.id,
      name: key.name,
      used:
        key.lastUsedAt === null
          ? i18n.t('accounts.passkeys.unused', { since: i18n.date(key.createdAt) })
          : i18n.t('accounts.passkeys.used', { when: i18n.when(key.lastUsedAt) }),
    })),
    prompt,
    svg: secret === null ? null : qrSvg(totpUri(secret, site, viewer.handle)),
    secret: secret?.replace(/(.{4})(?=.)/g, '$1 '),
  };
  return formPage('accounts/second-step-settings', view, faulty, {
    titleKey: 'accounts.second-step.heading',
  });
}
