import { formPage, formView } from '../http/form-page.js';
import type { FaultyForm } from '../http/form.js';
import type { Page } from '../http/page.js';
import type { Translator } from '../i18n/translator.js';
import type { LogInTarget } from './log-in-completion.js';

/** The page that asks for the address and the password. */
export function logInPage(i18n: Translator, target: LogInTarget, faulty?: FaultyForm): Page {
  const view = {
    back: target.back,
    kept: target.kept,
    waiting: target.kept !== undefined && target.kept !== '',
    form: formView(i18n, faulty),
  };
  return formPage('accounts/login', view, faulty, { titleKey: 'accounts.login.title' });
}

/**
 * The page that asks for the second factor. Its status is 422 also before anything was wrong: the
 * log-in is not complete.
 */
export function secondStepPage(
  i18n: Translator,
  ticket: string,
  target: LogInTarget,
  fault?: string,
): Page {
  const faulty =
    fault === undefined ? undefined : { values: {}, faults: [{ field: 'code', key: fault }] };
  const view = { ticket, ...target, form: formView(i18n, faulty) };
  return formPage('accounts/second-step', view, faulty, {
    titleKey: 'accounts.second-step.title',
    status: 422,
  });
}
