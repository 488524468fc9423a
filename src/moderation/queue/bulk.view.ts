import { formView, type FormView } from '../../http/form-page.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import type { InvalidForm } from '../../http/form.js';
import type { Translator } from '../../i18n/translator.js';
import { RULES } from '../core/actions.js';
import { reasonWords } from '../core/case-labels.js';
import { BULK_ACTIONS } from './bulk.dto.js';
import type { ChosenCase } from './bulk.queries.js';
import { bulkObstacle, type ChosenRef } from './chosen-cases.js';

interface ChosenView {
  href: string;
  title: string;
  tier: { key: string; label: string } | null;
  why: string;
  /** What came of it, or why it is not decided here; null if it can be decided. */
  state: string | null;
  /** The value of its check box; null if it cannot be decided here. */
  choose: string | null;
}

export interface BulkView {
  tabs: { queue: true };
  cases: ChosenView[];
  /** Whether the form is shown: there is something to decide, or it has errors. */
  deciding: boolean;
  lead: string;
  actions: TickOption[];
  rules: SelectOption[];
  form: FormView;
}

/** @param found the cases that the viewer may see, by id */
export function bulkView(
  refs: readonly ChosenRef[],
  found: ReadonlyMap<string, ChosenCase>,
  faulty: InvalidForm | undefined,
  i18n: Translator,
): BulkView {
  const form = formView(i18n, faulty);
  const cases = refs.map((ref) => chosenView(ref, found.get(ref.id), i18n));
  const open = cases.filter(({ choose }) => choose !== null).length;
  return {
    tabs: { queue: true },
    cases,
    deciding: open > 0 || form.errors.length > 0,
    lead: cases.length === 0 ? '' : i18n.t('moderation.bulk.lead', { count: open }),
    actions: tickOptions(
      BULK_ACTIONS,
      form.values.action,
      (action) => i18n.t(`moderation.action.${action}.label`),
      (action) => i18n.t(`moderation.action.${action}.hint`),
    ),
    rules: selectOptions(['', ...RULES], form.values.rule, (rule) =>
      rule === ''
        ? i18n.t('moderation.rule.none')
        : i18n.t('moderation.rule.numbered', {
            number: RULES.findIndex((one) => one === rule) + 1,
            rule: i18n.t(`moderation.rule.${rule}`),
          }),
    ),
    form,
  };
}

function chosenView(ref: ChosenRef, one: ChosenCase | undefined, i18n: Translator): ChosenView {
  const title = i18n.t('moderation.queue.case', { number: ref.id });
  const href = `/mod/cases/${ref.id}`;
  // Whether it exists at all is not said.
  if (one === undefined) {
    const state = i18n.t('moderation.bulk.state.gone');
    return { href: '', title, tier: null, why: '', state, choose: null };
  }
  const place = one.communityName ?? i18n.t('moderation.queue.no-place');
  const subject = one.kind !== 'post' ? one.kind : one.number === 1 ? 'opening' : 'reply';
  const obstacle = bulkObstacle(one, ref.version);
  const reports =
    one.reports === 0 ? [] : [i18n.t('moderation.queue.reports', { count: one.reports })];
  return {
    href,
    title: `${title}: ${i18n.t(`moderation.what.${subject}`, { place })}`,
    tier: { key: one.tier, label: i18n.t(`moderation.tier.${one.tier}`) },
    why: i18n.list([...reasonWords(i18n, one.reasons), ...reports]),
    state: obstacle === null ? null : stateWords(one, obstacle, i18n),
    choose: obstacle === null ? `${one.id}.${one.version}` : null,
  };
}

function stateWords(
  one: ChosenCase,
  obstacle: NonNullable<ReturnType<typeof bulkObstacle>>,
  i18n: Translator,
): string {
  const who = one.decidedBy ?? i18n.t('moderation.somebody');
  if (obstacle === 'closed')
    return i18n.t(`moderation.bulk.state.${one.decidedByViewer ? 'yours' : 'closed'}`, {
      who,
      outcome: i18n.t(`moderation.done.${one.outcome ?? 'dismiss'}`),
      when: one.closedAt === null ? '' : i18n.when(one.closedAt),
    });
  return i18n.t(`moderation.bulk.state.${obstacle}`, {
    who: one.takenBy ?? i18n.t('moderation.somebody'),
  });
}
