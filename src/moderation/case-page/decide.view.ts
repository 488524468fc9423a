import type { Translator } from '../../i18n/translator.js';
import type { FormView } from '../../http/form-page.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import { noteOptions } from '../../posts/compose.view.js';
import { ACTIONS, ACTION_FACTS, canChangePost, RULES, type Action } from '../core/actions.js';
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

/** A radio button with its id; the first one has the id to which the error summary links. */
interface ActionOption extends TickOption {
  id: string;
}

export interface DecideFormView {
  version: number;
  /** The URL to which the form posts. */
  action: string;
  /** The actions that fit the case best, most likely first. */
  actions: ActionOption[];
  /** The other actions, collapsed. */
  others: ActionOption[];
  othersOpen: boolean;
  /** Whether the message to the author stands outside the collapsed part. */
  messageFirst: boolean;
  rules: SelectOption[];
  notes: ReturnType<typeof noteOptions>;
  /** Whether the collapsed part of the form is initially open. */
  moreOpen: boolean;
  scopes: TickOption[];
  /** The fields that an offered action uses; null if none needs more than a rule and a reason. */
  fields: { message: boolean; notes: boolean; suspension: boolean; place: boolean } | null;
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
  const options = tickOptions(
    inOrder(access, detail, pressing),
    values.action,
    (action) => i18n.t(`${keyOf(action)}.label`),
    (action) => i18n.t(`${keyOf(action)}.hint`),
  ).map((one, at) => ({ ...one, id: at === 0 ? 'action' : `action-${one.value}` }));
  const shown =
    options.length <= UNFOLDED ? options.length : likely(access, detail, pressing).length;
  const others = options.slice(shown);
  const offers = (...some: Action[]): boolean =>
    options.some(({ value }) => some.includes(value as Action));
  const fields = {
    message: offers('reach-out', 'return'),
    notes: offers('add-warning'),
    suspension: offers('suspend'),
    place: offers('move'),
  };
  return {
    version: access.version,
    action: `/mod/cases/${access.id}/decide`,
    actions: options.slice(0, shown),
    others,
    othersOpen: others.some(({ checked }) => checked),
    messageFirst: pressing,
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
    fields: Object.values(fields).some(Boolean) ? fields : null,
    templates: templates.map(({ id, title, body }) => ({ id, title, body })),
    crisis: pressing,
  };
}

/** Up to this many actions are all shown. */
const UNFOLDED = 6;

/**
 * The actions that are most likely for the case, in display order: in a crisis, and when a person is
 * said to be in danger now, reaching out; on a held post, showing it or sending it back.
 */
function likely(access: AccessibleCase, detail: CaseDetail, pressing: boolean): Action[] {
  const first: readonly Action[] = pressing
    ? ['reach-out', 'escalate', 'dismiss', 'add-warning', 'fold']
    : access.kind === 'appeal'
      ? ['dismiss', 'publish', 'reach-out']
      : detail.status === 'held'
        ? ['publish', 'add-warning', 'return', 'remove', 'dismiss']
        : ['dismiss', 'add-warning', 'fold', 'hide', 'reach-out'];
  return first.filter((action) => isOffered(action, access, detail));
}

/** All actions that the case offers, the most likely first and the others by severity. */
function inOrder(access: AccessibleCase, detail: CaseDetail, pressing: boolean): Action[] {
  const first = likely(access, detail, pressing);
  const rest = ACTIONS.filter(
    (action) => !first.includes(action) && isOffered(action, access, detail),
  );
  return [...first, ...rest];
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
      ((action === 'publish' && access.kind === 'appeal') ||
        ((action !== 'publish' || detail.status !== 'published') &&
          canChangePost(action, detail.status)))
    );
  return true;
}
