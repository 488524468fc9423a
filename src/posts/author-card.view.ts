import type { Translator } from '../i18n/translator.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { cardLines, textLines, type CardLine } from '../safety-plans/emergency-card.js';
import type { EmergencyCard } from '../safety-plans/safety-plans.js';
import { namesDangerInOtherLanguages } from '../triage/help-topics.js';
import type { CaseTier } from '../triage/risk.js';
import { compareTiers } from '../review/review-targets.js';
import { describeWait, type WaitRow } from '../review/waiting-times.js';
import type { CardRow } from './author-cards.queries.js';
import { disclosureReviewView, type DisclosureReviewView } from './disclosure-review.view.js';
import type { PostStateRow } from './post-columns.js';
import { chosenLanguage } from './text-language.view.js';

/** The card above the author's own post: help first, then what happens with the post. */
export interface CareView {
  /** Id of the post. */
  post: string;
  /** Id of the card on the page; its buttons return there. */
  place: string;
  /** Sent by its buttons, so that they return to the right page. */
  from: '' | 'home';
  crisis: boolean;
  urgent: boolean;
  watch: boolean;
  /** The tiers above no longer apply: help stays, collapsed. */
  after: boolean;
  wait: string;
  /** Confirms the author's last answer to the card; null if there is none. */
  confirmation: string | null;
  /** Whether to offer "I am safe for now", and "I need someone now". */
  offersSafe: boolean;
  offersNow: boolean;
  plan: boolean;
  own: OwnCardLines | null;
}

/** The author's own emergency card. */
export interface OwnCardLines {
  people: CardLine[];
  lines: CardLine[];
  reasons: string[];
}

/** Why the author's post is held, since when and until when. */
/**
 * The emergency card and plan that a member wrote for a crisis, shown beside a draft that names
 * danger.
 */
export interface OwnHelpView {
  own: OwnCardLines | null;
  plan: boolean;
}

export interface HeldView {
  why: string;
  clock: string;
  until: { iso: string; text: string } | null;
  wait: string;
  /** URL of the edit form; null if the post can no longer be edited. */
  edit: string | null;
}

export interface CardFacts {
  readonly cards: readonly CardRow[];
  readonly waits: readonly WaitRow[];
  /** The reader's own emergency card. */
  readonly own: EmergencyCard | null;
  readonly hours: ModeratedHours;
  readonly now: Date;
}

export type OwnPost = PostStateRow & { id: string; number: number; status: string; cared: boolean };

/** Anchor of the help section on the home page. */
export const HOME_ANCHOR = 'care';

/** Whether the author's post may need a card, and so the queries for it. */
export function needsHelpCard({ status, cared, tier }: OwnPost): boolean {
  return status === 'held' || cared || tier === 'unknown' || compareTiers(tier, 'watch') >= 0;
}

/** A plea in a language that is not screened shows its author help all the same. */
function cardTier(tier: CaseTier, { title, body }: CardRow): CaseTier {
  const names = tier === 'unknown' && [title, body].some(namesDangerInOtherLanguages);
  return names ? 'watch' : tier;
}

export function careView(row: OwnPost, facts: CardFacts, i18n: Translator): CareView | null {
  const card = facts.cards.find(({ id }) => id === row.id);
  if (card === undefined) return null;
  const open = card.state === 'open';
  const tier = open && card.askedAt !== null ? 'crisis' : cardTier(row.tier, card);
  const full = open && compareTiers(tier, 'watch') >= 0 && !(tier === 'watch' && card.hidden);
  const after = afterView(card, `care-${row.number}`, facts, i18n);
  if (!full) return card.cared ? after : null;
  return {
    ...after,
    crisis: tier === 'crisis',
    urgent: tier === 'urgent',
    watch: tier === 'watch',
    after: false,
    wait:
      card.read && !card.claimed
        ? i18n.t('safety.wait.read')
        : waitOf(tier, 'read', card, facts, i18n),
    offersSafe: tier !== 'watch',
    offersNow: tier !== 'watch' || card.cared,
  };
}

/**
 * Help for the author, collapsed: while the case is open and for 72 hours afterwards, whatever
 * happened to the post.
 */
export function afterView(
  card: CardRow,
  place: string,
  facts: Pick<CardFacts, 'own'>,
  i18n: Translator,
): CareView {
  return {
    post: card.id,
    place,
    from: place === HOME_ANCHOR ? 'home' : '',
    crisis: false,
    urgent: false,
    watch: false,
    after: true,
    wait: '',
    confirmation: card.state === 'open' ? confirmationOf(card, i18n) : null,
    offersSafe: false,
    offersNow: true,
    plan: card.plan,
    own: card.locked || facts.own === null ? null : ownCardLines(facts.own),
  };
}

/** Whether the card is shown first on a page; other cards stay beside their post. */
export function isShownFirst(care: CareView): boolean {
  return care.crisis || care.urgent;
}

function confirmationOf({ safeAt, askedAt }: CardRow, i18n: Translator): string | null {
  if (safeAt !== null && (askedAt === null || safeAt >= askedAt))
    return i18n.t('safety.card.safe-said', { when: i18n.when(safeAt) });
  return askedAt === null ? null : i18n.t('safety.card.asked', { when: i18n.when(askedAt) });
}

export function ownCardLines(card: EmergencyCard): OwnCardLines {
  return {
    people: cardLines(card.people),
    lines: cardLines(card.lines),
    reasons: textLines(card.reasons),
  };
}

export function heldView(
  row: OwnPost,
  facts: CardFacts,
  mayEdit: boolean,
  i18n: Translator,
): HeldView | null {
  if (row.status !== 'held' || row.heldFor === null) return null;
  const card = facts.cards.find(({ id }) => id === row.id);
  const returned = row.heldFor === 'returned';
  const late = row.heldUntil !== null && row.heldUntil <= facts.now;
  return {
    why: holdReason(row.heldFor, card, i18n),
    clock: late
      ? i18n.t('posts.held.late')
      : row.heldAt === null
        ? ''
        : i18n.t('posts.held.since', { when: i18n.when(row.heldAt) }),
    until:
      late || returned || row.heldUntil === null
        ? null
        : { iso: row.heldUntil.toISOString(), text: i18n.by(row.heldUntil) },
    wait: returned ? '' : waitOf(row.tier, 'decided', card, facts, i18n),
    edit: mayEdit ? `/posts/${row.id}/edit` : null,
  };
}

/** Why a post is held, in words for its author; a rule is only named if it is not secret. */
function holdReason(heldFor: string, card: CardRow | undefined, i18n: Translator): string {
  if (heldFor !== 'rule' || card === undefined) return i18n.t(`posts.held.why.${heldFor}`);
  if (card.ruleTexts.length > 0) {
    const key =
      card.ruleTextsOfSite === null
        ? 'rules-named'
        : card.ruleTextsOfSite
          ? 'site-rule-named'
          : 'rule-named';
    return i18n.t(`posts.held.why.${key}`, { rules: card.ruleTexts.join(' ') });
  }
  // A word rule without an explanation for authors stays secret, whatever else was found.
  const disclosable = (['links', 'repeated'] as const).find((each) =>
    card.ruleReasons.includes(each),
  );
  return card.ruleReasons.includes('word-rule') || disclosable === undefined
    ? i18n.t('posts.held.why.rule')
    : i18n.t(`posts.held.why.${disclosable}`);
}

/**
 * The disclosure review of the author's own post, if the post was not reviewed before it was
 * published or is held: what the check found, and the edited text, ready to submit.
 */
export function ownDisclosureReview(
  row: OwnPost,
  facts: CardFacts,
  i18n: Translator,
): DisclosureReviewView | null {
  const card = facts.cards.find(({ id }) => id === row.id);
  const open =
    row.status === 'published' && compareTiers(row.tier, 'urgent') >= 0 && card?.state === 'open';
  if (card === undefined || row.heldFor === 'returned' || !(row.status === 'held' || open))
    return null;
  const edit = `/posts/${row.id}/edit`;
  return disclosureReviewView(
    i18n,
    { texts: { title: card.title, body: card.body, summary: card.summary } },
    {
      version: String(card.version),
      contentWarnings: card.notes,
      ending: card.ending,
      language: chosenLanguage(card.language, card.body),
    },
    { action: edit, change: edit },
  );
}

function waitOf(
  tier: CaseTier,
  until: 'read' | 'decided',
  card: CardRow | undefined,
  facts: CardFacts,
  i18n: Translator,
): string {
  return describeWait(i18n, {
    rows: facts.waits,
    tier,
    until,
    hours: facts.hours,
    now: facts.now,
    claimed: card?.claimed ?? false,
  });
}
