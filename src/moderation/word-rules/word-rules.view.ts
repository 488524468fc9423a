import type { FormView } from '../../http/form-page.js';
import type { Values } from '../../http/form.js';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { capital } from '../../i18n/capital.js';
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

const MAX_MATCHES_SHOWN = 20;

export interface RulesFacts {
  /** Null for the whole site. */
  place: PlaceRow | null;
  places: PlaceRow[];
  rules: RuleRow[];
  trial: Trial | null;
}

interface RuleView {
  id: string;
  pattern: string;
  what: string;
  why: string;
  /** The text shown to authors whose post it holds; null if there is none. */
  toWriter: string | null;
  by: string;
  everywhere: boolean;
  /** Whether the viewer may end it. */
  ends: boolean;
}

interface TrialView {
  summary: string;
  hits: { href: string; title: string; words: string; when: string }[];
  more: string | null;
}

interface HoldingView {
  form: FormView;
  preModeration: TickOption[];
  onShift: SelectOption[];
  outside: SelectOption[];
}

export interface RulesView {
  tabs: { rules: true };
  slug: string;
  name: string;
  places: SelectOption[];
  rules: RuleView[];
  form: FormView;
  actions: TickOption[];
  notes: SelectOption[];
  tiers: SelectOption[];
  trial: TrialView | null;
  holding: HoldingView | null;
}

/**
 * The page of one community or of the whole site: its rules, a form to try and add one, and what it
 * holds for review.
 * @param forms `holding` is null for the whole site
 */
export function rulesView(
  facts: RulesFacts,
  forms: { rule: FormView; holding: FormView | null },
  viewer: Viewer,
  i18n: Translator,
): RulesView {
  const { place, trial } = facts;
  const slug = place?.slug ?? '';
  const staff = isStaff(viewer);
  const { values } = forms.rule;
  const none = (key: string): SelectOption => ({
    value: '',
    label: capital(i18n.t(key)),
    selected: false,
  });
  return {
    tabs: { rules: true },
    slug,
    name: place?.name ?? i18n.t('rules.everywhere'),
    places: [
      ...(staff ? [{ slug: '', name: i18n.t('rules.everywhere') }] : []),
      ...facts.places,
    ].map((one) => ({ value: one.slug, label: one.name, selected: one.slug === slug })),
    rules: facts.rules.map((rule) => ruleView(rule, place, staff, i18n)),
    form: forms.rule,
    actions: tickOptions(RULE_ACTIONS, values.action, (value) => i18n.t(`rules.action.${value}`)),
    notes: [
      none('rules.no-note'),
      ...selectOptions(CONTENT_NOTES, values.note, (value) =>
        capital(i18n.t(`posts.note.${value}`)),
      ),
    ],
    tiers: [
      none('rules.no-tier'),
      ...selectOptions(RULE_TIERS, values.tier, (value) => i18n.t(`moderation.tier.${value}`)),
    ],
    trial: trial === null ? null : trialView(trial, i18n),
    holding: forms.holding === null ? null : holdingView(forms.holding, i18n),
  };
}

function ruleView(
  rule: RuleRow,
  place: PlaceRow | null,
  staff: boolean,
  i18n: Translator,
): RuleView {
  return {
    id: rule.id,
    pattern: rule.pattern,
    what: i18n.t(`rules.does.${rule.action}`, {
      note: rule.note === null ? '' : i18n.t(`posts.note.${rule.note}`),
      tier: rule.tier === null ? '' : i18n.t(`moderation.tier.${rule.tier}`),
    }),
    why: rule.why,
    toWriter: toWriter(rule, i18n),
    by: i18n.t('rules.by', {
      who: rule.by ?? i18n.t('moderation.somebody'),
      when: i18n.when(rule.at),
    }),
    everywhere: rule.everywhere && place !== null,
    ends: rule.everywhere ? staff : true,
  };
}

function trialView(trial: Trial, i18n: Translator): TrialView {
  return {
    summary: i18n.t('rules.tried', { count: trial.matched.length, tried: trial.tried }),
    hits: trial.matched.slice(0, MAX_MATCHES_SHOWN).map((hit) => ({
      href: postPath(hit.threadId, hit.number),
      title: hit.title,
      words: hit.words,
      when: i18n.when(hit.at),
    })),
    more:
      trial.matched.length > MAX_MATCHES_SHOWN
        ? i18n.t('rules.tried-more', { count: trial.matched.length - MAX_MATCHES_SHOWN })
        : null,
  };
}

function holdingView(form: FormView, i18n: Translator): HoldingView {
  const { values } = form;
  const from = (value: string): string => capital(i18n.t(`rules.from.${value}`));
  return {
    form,
    preModeration: tickOptions(PRE_MODERATION, values.preModeration, (value) =>
      i18n.t(`rules.pre.${value}`),
    ),
    onShift: selectOptions(HOLD_ON_SHIFT, values.holdOnShift, from),
    outside: selectOptions(HOLD_OUTSIDE, values.holdOutside, from),
  };
}

/** A community's settings as form values. */
export function holdingValues(place: PlaceRow): Values {
  return {
    preModeration: place.preModeration,
    firstPostsCount: String(place.firstPostsCount),
    firstPostsDays: place.firstPostsDays === null ? '' : String(place.firstPostsDays),
    holdOnShift: place.holdOnShift,
    holdOutside: place.holdOutside,
  };
}

function toWriter(rule: RuleRow, i18n: Translator): string | null {
  if (rule.action !== 'hold') return null;
  return rule.toWriter === ''
    ? i18n.t('rules.secret')
    : i18n.t('rules.told', { text: rule.toWriter });
}
