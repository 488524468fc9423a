import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import { idempotencyKeyOf, listOf } from '../http/form-values.js';
import { selectOptions, tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { SCOPES, TOKEN_DAYS, type Scope } from './access-token-scopes.js';
import type { AccessTokenRow } from './access-tokens.queries.js';

export interface AccessTokensView {
  apps: { id: string; name: string; may: string[]; used: string; ends: string }[];
  form: FormView;
  idempotencyKey: string;
  scopes: TickOption[];
  days: SelectOption[];
  /** Why no token can be created now; null if one can. */
  refused: string | null;
}

export function accessTokensView(
  rows: readonly AccessTokenRow[],
  viewer: Pick<Viewer, 'sharedDevice' | 'suspendedUntil'>,
  i18n: Translator,
  faulty?: InvalidForm,
): AccessTokensView {
  const form = formView(i18n, faulty, { days: '90', scopes: ['communities:read', 'threads:read'] });
  const may = (scope: Scope): string => i18n.t(`apps.scope.${scope.replace(':', '-')}`);
  const label = (days: string): string =>
    days === '' ? i18n.t('apps.days.never') : i18n.t('apps.days.count', { days: Number(days) });
  return {
    apps: rows.map((row) => ({
      id: row.id,
      name: row.name,
      may: row.scopes.map(may),
      used:
        row.lastUsedOn === null
          ? i18n.t('apps.unused', { since: i18n.date(row.createdAt) })
          : i18n.t('apps.used', { day: i18n.calendarDay(row.lastUsedOn) }),
      ends:
        row.expiresAt === null
          ? i18n.t('apps.ends.never')
          : i18n.t('apps.ends.on', { day: i18n.date(row.expiresAt) }),
    })),
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
    scopes: tickOptions(SCOPES, listOf(form.values.scopes), may),
    days: selectOptions(TOKEN_DAYS, form.values.days ?? '', label),
    refused: viewer.sharedDevice
      ? i18n.t('apps.error.shared')
      : viewer.suspendedUntil === null
        ? null
        : i18n.t('apps.error.suspended'),
  };
}
