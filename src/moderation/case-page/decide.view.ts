import type { Translator } from '../../i18n/translator.js';
import type { FormView } from '../../http/form-page.js';
import { noteOptions } from '../../posts/compose.view.js';
import { ACTIONS, FACTS, RULES, type Action } from '../core/actions.js';
import { groupRuleKey } from '../core/rule-labels.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail } from './case.queries.js';
import type { ReplyTemplateRow } from '../core/reply-templates.queries.js';

export interface DecideFacts {
  access: AccessibleCase;
  detail: CaseDetail;
  form: FormView;
  templates: ReplyTemplateRow[];
  /** A proposal waits for its second person. */
  waiting: boolean;
}

/** The form under a case; null where there is nothing for the viewer to decide. */
export function decideForm(
  { access, detail, form, templates, waiting }: DecideFacts,
  i18n: Translator,
): object | null {
  if (access.state !== 'open' || access.involved || waiting) return null;
  const { values } = form;
  const kind = access.kind === 'appeal' ? 'appeal' : 'action';
  return {
    version: access.version,
    action: `/mod/cases/${access.id}/decide`,
    actions: ACTIONS.filter((action) => offered(action, access, detail)).map((action) => ({
      value: action,
      label: i18n.t(
        `moderation.${kind === 'appeal' && (action === 'dismiss' || action === 'publish') ? 'appeal' : 'action'}.${action}.label`,
      ),
      hint: i18n.t(
        `moderation.${kind === 'appeal' && (action === 'dismiss' || action === 'publish') ? 'appeal' : 'action'}.${action}.hint`,
      ),
      checked: values.action === action,
    })),
    rules: [
      { value: '', label: i18n.t('moderation.rule.none'), selected: false },
      ...RULES.map((rule, at) => ({
        value: rule,
        label: i18n.t('moderation.rule.numbered', {
          number: at + 1,
          rule: i18n.t(`moderation.rule.${rule}`),
        }),
        selected: values.rule === rule,
      })),
      ...(detail.groupRules ?? []).map((rule, at) => ({
        value: groupRuleKey(detail.guidelinesVersion ?? 0, at + 1),
        label: i18n.t('moderation.rule.group', {
          place: detail.communityName ?? '',
          number: at + 1,
          rule,
        }),
        selected: values.rule === groupRuleKey(detail.guidelinesVersion ?? 0, at + 1),
      })),
    ],
    notes: noteOptions(i18n, values.contentWarnings),
    moreOpen: MORE.some(
      (name) => form.error[name] !== undefined || (values[name] ?? '').length > 0,
    ),
    scopes: ['read-only', 'suspend'].map((scope) => ({
      value: scope,
      label: i18n.t(`moderation.scope.${scope}.label`),
      hint: i18n.t(`moderation.scope.${scope}.hint`),
      checked: (values.scope ?? 'read-only') === scope,
    })),
    templates: templates.map(({ title, body }) => ({ title, body })),
    crisis: access.tier === 'crisis',
  };
}

/** What stands folded below the rest. */
const MORE = ['message', 'contentWarnings', 'days', 'community'] as const;

function offered(action: Action, access: AccessibleCase, detail: CaseDetail): boolean {
  const { on } = FACTS[action];
  if (on === 'member' && access.kind === 'strategy' && detail.strategy?.byMember !== true)
    return false;
  if (on === 'post' || on === 'thread')
    return (
      access.postId !== null &&
      (action !== 'publish' || detail.status !== 'published' || access.kind === 'appeal')
    );
  return true;
}
