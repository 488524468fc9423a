import type { FormView } from '../../http/form-page.js';
import type { Values } from '../../http/form.js';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import {
  HOLD_ON_SHIFT,
  HOLD_OUTSIDE,
  PRE_MODERATION,
  RULE_ACTIONS,
  RULE_TIERS,
} from './word-rules.dto.js';
import type { PlaceRow, RuleRow } from './word-rules.queries.js';
import type { Trial } from './word-rules.service.js';

interface Choice {
  value: string;
  label: string;
  selected: boolean;
}

const SHOWN = 20;

function choices(
  values: readonly string[],
  chosen: unknown,
  label: (value: string) => string,
): Choice[] {
  return values.map((value) => ({ value, label: label(value), selected: value === chosen }));
}

export interface RulesFacts {
  place: PlaceRow | null;
  places: PlaceRow[];
  staff: boolean;
  rules: RuleRow[];
  form: FormView;
  holding: FormView | null;
  trial: Trial | null;
}

/** The page of one place: its rules, a form to try and add one, and what waits there. */
export function rulesView(facts: RulesFacts, i18n: Translator): object {
  const { place, form, trial } = facts;
  const slug = place?.slug ?? '';
  const none = (key: string): Choice => ({ value: '', label: i18n.t(key), selected: false });
  return {
    slug,
    name: place?.name ?? i18n.t('rules.everywhere'),
    places: [
      ...(facts.staff ? [{ slug: '', name: i18n.t('rules.everywhere') }] : []),
      ...facts.places,
    ].map((one) => ({ value: one.slug, label: one.name, selected: one.slug === slug })),
    rules: facts.rules.map((rule) => ruleView(rule, facts, i18n)),
    form,
    actions: choices(RULE_ACTIONS, form.values.action, (value) =>
      i18n.t(`rules.action.${value}`),
    ).map((one) => ({ ...one, checked: one.selected })),
    notes: [
      none('rules.no-note'),
      ...choices(CONTENT_NOTES, form.values.note, (value) => i18n.t(`posts.note.${value}`)),
    ],
    tiers: [
      none('rules.no-tier'),
      ...choices(RULE_TIERS, form.values.tier, (value) => i18n.t(`moderation.tier.${value}`)),
    ],
    trial: trial === null ? null : trialView(trial, i18n),
    holding: place === null || facts.holding === null ? null : holdingView(facts.holding, i18n),
  };
}

function ruleView(rule: RuleRow, facts: RulesFacts, i18n: Translator): object {
  const what = i18n.t(`rules.does.${rule.action}`, {
    note: rule.note === null ? '' : i18n.t(`posts.note.${rule.note}`),
    tier: rule.tier === null ? '' : i18n.t(`moderation.tier.${rule.tier}`),
  });
  return {
    id: rule.id,
    pattern: rule.pattern,
    what,
    why: rule.why,
    by: i18n.t('rules.by', {
      who: rule.by ?? i18n.t('moderation.somebody'),
      when: i18n.when(rule.at),
    }),
    everywhere: rule.everywhere && facts.place !== null,
    ends: rule.everywhere ? facts.staff : true,
  };
}

function trialView(trial: Trial, i18n: Translator): object {
  return {
    summary: i18n.t('rules.tried', { count: trial.matched.length, tried: trial.tried }),
    hits: trial.matched.slice(0, SHOWN).map((hit) => ({
      href: postPath(hit.threadId, hit.number),
      title: hit.title,
      words: hit.words,
      when: i18n.when(hit.at),
    })),
    more:
      trial.matched.length > SHOWN
        ? i18n.t('rules.tried-more', { count: trial.matched.length - SHOWN })
        : null,
  };
}

function holdingView(form: FormView, i18n: Translator): object {
  const { values } = form;
  return {
    form,
    preModeration: choices(PRE_MODERATION, values.preModeration, (value) =>
      i18n.t(`rules.pre.${value}`),
    ).map((one) => ({ ...one, checked: one.selected })),
    onShift: choices(HOLD_ON_SHIFT, values.holdOnShift, (value) => i18n.t(`rules.from.${value}`)),
    outside: choices(HOLD_OUTSIDE, values.holdOutside, (value) => i18n.t(`rules.from.${value}`)),
  };
}

export function holdingValues(place: PlaceRow): Values {
  return {
    preModeration: place.preModeration,
    firstPostsCount: String(place.firstPostsCount),
    firstPostsDays: place.firstPostsDays === null ? '' : String(place.firstPostsDays),
    holdOnShift: place.holdOnShift,
    holdOutside: place.holdOutside,
  };
}
