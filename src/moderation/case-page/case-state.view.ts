import type { Translator } from '../../i18n/translator.js';
import type { CaseDecisionRow } from './case-history.queries.js';
import type { CaseFacts } from './case-facts.js';

export interface ClaimView {
  mine: boolean;
  free: boolean;
  taken: string | null;
  until: string | null;
  waits: boolean;
}

export interface ProposalView {
  id: string;
  text: string;
  reason: string;
  /**
   * The viewer made the request or took part in the appealed decision, so somebody else must answer
   * it.
   */
  mine: boolean;
}

export function claimView(
  { access, viewer, now, waiting }: CaseFacts,
  i18n: Translator,
): ClaimView {
  const mine = access.claimedBy === viewer.memberId;
  const minutes =
    access.claimedUntil === null
      ? 0
      : Math.max(1, Math.round((access.claimedUntil.getTime() - now.getTime()) / 60_000));
  return {
    mine,
    free: access.state === 'open' && access.claimedBy === null && !access.involved,
    taken:
      access.claimedBy !== null && !mine
        ? i18n.t('moderation.claim.taken', { handle: access.claimedHandle ?? '', count: minutes })
        : null,
    until: mine ? i18n.t('moderation.claim.yours', { count: minutes }) : null,
    waits: waiting.proposal !== null,
  };
}

/** @param last the newest decision of the case */
export function resultText(
  facts: CaseFacts,
  last: CaseDecisionRow | undefined,
  i18n: Translator,
): string {
  const { access, viewer } = facts;
  if (access.state === 'closed' && last !== undefined)
    return i18n.t('moderation.moved-on.decided', {
      who: last.who ?? i18n.t('moderation.somebody'),
      what: i18n.t(`moderation.done.${last.action}`),
      when: i18n.when(last.at),
    });
  if (access.claimedBy !== null && access.claimedBy !== viewer.memberId)
    return i18n.t('moderation.moved-on.claimed', { who: access.claimedHandle ?? '' });
  if (facts.waiting.proposal !== null)
    return i18n.t('moderation.moved-on.proposed', { who: facts.waiting.proposal.who });
  return i18n.t('moderation.moved-on.new');
}

export function proposalView(
  { waiting, access }: CaseFacts,
  i18n: Translator,
): ProposalView | null {
  if (waiting.proposal === null) return null;
  const { form, who, mine } = waiting.proposal;
  const action = typeof form.action === 'string' ? form.action : 'dismiss';
  const reason = typeof form.reason === 'string' ? form.reason : '';
  return {
    id: waiting.proposal.id,
    text: i18n.t('moderation.proposal.text', {
      who,
      what: i18n.t(`moderation.action.${action}.label`),
    }),
    reason,
    mine: mine || access.involved,
  };
}
