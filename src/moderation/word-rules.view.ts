import type { FormView } from '../http/errors-in-form.js';
import type { Values } from '../http/form.js';
import { CONTENT_NOTES } from '../content/content-notes.js';
import type { Words } from '../kernel/words.js';
import { postPath } from '../posts/post-address.js';
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
export function rulesView(facts: RulesFacts, words: Words): object {
  const { place, form, trial } = facts;
  const slug = place?.slug ?? '';
  const none = (key: string): Choice => ({ value: '', label: words.t(key), selected: false });
  return {
    slug,
    name: place?.name ?? words.t('rules.everywhere'),
    places: [
      ...(facts.staff ? [{ slug: '', name: words.t('rules.everywhere') }] : []),
      ...facts.places,
    ].map((one) => ({ value: one.slug, label: one.name, selected: one.slug === slug })),
    rules: facts.rules.map((rule) => ruleView(rule, facts, words)),
    form,
    actions: choices(RULE_ACTIONS, form.values.action, (value) =>
      words.t(`rules.action.${value}`),
    ).map((one) => ({ ...one, checked: one.selected })),
    notes: [
      none('rules.no-note'),
      ...choices(CONTENT_NOTES, form.values.note, (value) => words.t(`posts.note.${value}`)),
    ],
    tiers: [
      none('rules.no-tier'),
      ...choices(RULE_TIERS, form.values.tier, (value) => words.t(`moderation.tier.${value}`)),
    ],
    trial: trial === null ? null : trialView(trial, words),
    holding: place === null || facts.holding === null ? null : holdingView(facts.holding, words),
  };
}

function ruleView(rule: RuleRow, facts: RulesFacts, words: Words): object {
  const what = words.t(`rules.does.${rule.action}`, {
    note: rule.note === null ? '' : words.t(`posts.note.${rule.note}`),
    tier: rule.tier === null ? '' : words.t(`moderation.tier.${rule.tier}`),
  });
  return {
    id: rule.id,
    pattern: rule.pattern,
    what,
    why: rule.why,
    by: words.t('rules.by', {
      who: rule.by ?? words.t('moderation.somebody'),
      when: words.when(rule.at),
    }),
    everywhere: rule.everywhere && facts.place !== null,
    ends: rule.everywhere ? facts.staff : true,
  };
}

function trialView(trial: Trial, words: Words): object {
  return {
    summary: words.t('rules.tried', { count: trial.matched.length, tried: trial.tried }),
    hits: trial.matched.slice(0, SHOWN).map((hit) => ({
      href: postPath(hit.threadId, hit.number),
      title: hit.title,
      words: hit.words,
      when: words.when(hit.at),
    })),
    more:
      trial.matched.length > SHOWN
        ? words.t('rules.tried-more', { count: trial.matched.length - SHOWN })
        : null,
  };
}

function holdingView(form: FormView, words: Words): object {
  const { values } = form;
  return {
    form,
    preModeration: choices(PRE_MODERATION, values.preModeration, (value) =>
      words.t(`rules.pre.${value}`),
    ).map((one) => ({ ...one, checked: one.selected })),
    onShift: choices(HOLD_ON_SHIFT, values.holdOnShift, (value) => words.t(`rules.from.${value}`)),
    outside: choices(HOLD_OUTSIDE, values.holdOutside, (value) => words.t(`rules.from.${value}`)),
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
