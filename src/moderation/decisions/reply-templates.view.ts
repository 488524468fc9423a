import type { FormView } from '../../http/form-page.js';
import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import type { ReplyTemplateRow } from '../core/reply-templates.queries.js';
import { TEMPLATE_TIERS } from './reply-templates.dto.js';

export interface ReplyTemplatesView {
  tabs: { replyTemplates: true };
  rows: (ReplyTemplateRow & { tiers: SelectOption[]; name: string })[];
  tiers: SelectOption[];
  form: FormView;
}

export function replyTemplatesView(
  rows: readonly ReplyTemplateRow[],
  form: FormView,
  i18n: Translator,
): ReplyTemplatesView {
  const label = (tier: string): string =>
    i18n.t(tier === 'any' ? 'moderation.reply-templates.any' : `moderation.tier.${tier}`);
  return {
    tabs: { replyTemplates: true },
    rows: rows.map((row) => ({
      ...row,
      tiers: selectOptions(TEMPLATE_TIERS, row.tier, label),
      name: i18n.t('moderation.reply-templates.edit-name', {
        title: row.title,
        tier: label(row.tier),
      }),
    })),
    tiers: selectOptions(TEMPLATE_TIERS, form.values.tier, label),
    form,
  };
}
