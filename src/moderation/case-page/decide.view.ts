import type { Translator } from '../../i18n/translator.js';
import type { FormView } from '../../http/form-page.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import { noteOptions } from '../../posts/compose.view.js';
import { ACTIONS, ACTION_FACTS, RULES, type Action } from '../core/actions.js';
import { groupRuleKey } from '../core/rule-labels.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail } from './case.queries.js';
import type { ReplyTemplateRow } from '../core/reply-templates.queries.js';

export interface DecideFacts {
  access: AccessibleCase;
  detail: CaseDetail;
  form: FormView;
  templates: ReplyTemplateRow[];
  /** A proposal is waiting for a second person. */
  waiting: boolean;
}

export interface DecideFormView {
  version: number;
  /** The URL to which the form posts. */
  action: string;
  actions: TickOption[];
  rules: SelectOption[];
  notes: ReturnType<typeof noteOptions>;
  /** Whether the collapsed part of the form is initially open. */
  moreOpen: boolean;
  scopes: TickOption[];
  templates: { id: string; title: string; body: string }[];
  crisis: boolean;
}

/** The decision form of a case; null if the viewer has nothing to decide. */
export function decideForm(
  { access, detail, form, templates, waiting }: DecideFacts,
  i18n: Translator,
): DecideFormView | null {
  if (access.state !== 'open' || access.involved || waiting) return null;
  const { values } = form;
  const pressing = access.tier === 'crisis' || detail.danger;
  // On an appeal, `dismiss` upholds the decision and `publish` reverses it.
  const keyOf = (action: Action): string =>
    access.kind === 'appeal' && (action === 'dismiss' || action === 'publish')
      ? `moderation.appeal.${action}`
      : `moderation.action.${action}`;
  return {
    version: access.version,
    action: `/mod/cases/${access.id}/decide`,
    actions: tickOptions(
      inOrder(pressing).filter((action) => isOffered(action, access, detail)),
      values.action,
      (action) => i18n.t(`${keyOf(action)}.label`),
      (action) => i18n.t(`${keyOf(action)}.hint`),
    ),
    rules: ruleOptions(detail, values.rule, i18n),
    notes: noteOptions(i18n, values.contentWarnings),
    moreOpen: MORE.some(
      (name) => form.error[name] !== undefined || (values[name] ?? '').length > 0,
    ),
    scopes: tickOptions(
      ['read-only', 'suspend'],
      values.scope ?? 'read-only',
      (scope) => i18n.t(`moderation.scope.${scope}.label`),
      (scope) => i18n.t(`moderation.scope.${scope}.hint`),
    ),
    templates: templates.map(({ id, title, body }) => ({ id, title, body })),
    crisis: pressing,
  };
}

/**
 * Actions in display order. In a crisis, and when a person is said to be in danger now, reaching out
 * and escalating come first.
 */
function inOrder(pressing: boolean): readonly Action[] {
  const first: readonly Action[] = pressing ? ['reach-out', 'escalate'] : [];
  return [...first, ...ACTIONS.filter((action) => !first.includes(action))];
}

/** The fields in the collapsed part of the form. */
const MORE = ['message', 'contentWarnings', 'days', 'community'] as const;

/** The rules of the site, followed by the current version of the community's own. */
function ruleOptions(
  detail: CaseDetail,
  chosen: string | string[] | undefined,
  i18n: Translator,
): SelectOption[] {
  const place = detail.communityName ?? '';
  const labels = new Map([
    ['', i18n.t('moderation.rule.none')],
    ...RULES.map((rule, at): [string, string] => [
      rule,
      i18n.t('moderation.rule.numbered', {
        number: at + 1,
        rule: i18n.t(`moderation.rule.${rule}`),
      }),
    ]),
    ...(detail.groupRules ?? []).map((rule, at): [string, string] => [
      groupRuleKey(detail.guidelinesVersion ?? 0, at + 1),
      i18n.t('moderation.rule.group', { place, number: at + 1, rule }),
    ]),
  ]);
  return selectOptions([...labels.keys()], chosen, (value) => labels.get(value) ?? value);
}

function isOffered(action: Action, access: AccessibleCase, detail: CaseDetail): boolean {
  const { on } = ACTION_FACTS[action];
  if (on === 'member' && access.kind === 'strategy' && detail.strategy?.byMember !== true)
    return false;
  if (on === 'post' || on === 'thread')
    return (
      access.postId !== null &&
      (action !== 'publish' || detail.status !== 'published' || access.kind === 'appeal')
    );
  return true;
}
