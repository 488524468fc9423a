import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { expiresAt } from './sanction-expiry.js';
import type { OwnDecision } from './statement.queries.js';

interface OwnDecisionView {
  href: string;
  text: string;
  when: string;
  /** Whether it still counts; null for a decision that never counts against anybody. */
  state: string | null;
}

export interface OwnRecordView {
  now: string;
  decisions: OwnDecisionView[];
}

export function ownRecordView(
  viewer: Viewer,
  decisions: readonly OwnDecision[],
  now: Date,
  i18n: Translator,
): OwnRecordView {
  const until = viewer.suspendedUntil ?? viewer.readOnlyUntil;
  const kind = viewer.suspendedUntil === null ? 'read-only' : 'suspended';
  return {
    now:
      until === null
        ? i18n.t('moderation.standing.open')
        : i18n.t(`moderation.standing.${kind}`, { when: i18n.deadline(until) }),
    decisions: decisions.map((one) => ({
      href: `/decisions/${one.id}`,
      text: i18n.t(`moderation.statement.done.${one.action}`, {
        what: i18n.t('moderation.standing.post'),
      }),
      when: i18n.when(one.createdAt),
      state: stateText(one, now, i18n),
    })),
  };
}

function stateText(
  { action, createdAt, endsAt, reversed }: OwnDecision,
  now: Date,
  i18n: Translator,
): string | null {
  if (reversed) return i18n.t('moderation.standing.reversed');
  const expires = expiresAt(action, createdAt, endsAt);
  if (expires === null) return null;
  return i18n.t(`moderation.standing.${expires <= now ? 'lapsed' : 'lapses'}`, {
    when: i18n.date(expires),
  });
}
