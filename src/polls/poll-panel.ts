import type { TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { PollRow } from './polls.js';
import { VOTERS_PER_STEP } from './polls.queries.js';

/** The poll of a thread for one reader. */
export interface PollPanel {
  threadId: string;
  question: string;
  /** `true` if voting has ended. */
  closed: string;
  /** The form; null if the reader may not vote. */
  vote: { action: string; several: boolean; options: TickOption[]; voted: boolean } | null;
  /** The options, for a reader who can neither vote nor see the result. */
  options: string[] | null;
  /** A line for each option; null while the result is hidden. */
  result: { text: string; count: string; mine: boolean }[] | null;
  /** The number of voters, the closing time, and when the result is shown. */
  notes: string[];
  /** Why the submitted vote was rejected. */
  fault: string | null;
}

/** A rejected vote. */
export interface RefusedVote {
  /** Message key of the reason. */
  readonly fault: string;
  /** Ids of the chosen options. */
  readonly chosen: readonly string[];
}

/** Whether voting has ended. */
export function isClosed({ closesAt }: Pick<PollRow, 'closesAt'>, now: Date): boolean {
  return closesAt !== null && closesAt <= now;
}

/**
 * @param facts.mayVote the policy's decision, regardless of whether the poll is closed
 * @param facts.vote a vote that was just rejected, to be shown again
 * @returns null if the thread has no poll
 */
export function pollPanel(
  poll: PollRow | null,
  facts: { threadId: string; mayVote: boolean; now: Date; vote?: RefusedVote | null },
  i18n: Translator,
): PollPanel | null {
  if (poll === null) return null;
  const closed = isClosed(poll, facts.now);
  if (poll.closesAt !== null) i18n.changesAt(poll.closesAt);
  const voted = poll.mine.length > 0;
  const due = closed || (poll.results === 'voted' && voted);
  const shown = due && poll.voters >= VOTERS_PER_STEP;
  const votes = facts.mayVote && !closed;
  const vote = facts.vote ?? null;
  const ticked = vote?.chosen ?? poll.mine;
  return {
    threadId: facts.threadId,
    question: poll.question,
    closed: String(closed),
    vote: votes
      ? {
          action: `/t/${facts.threadId}/vote`,
          several: poll.several,
          options: poll.options.map(({ id, text }) => ({
            value: id,
            label: text,
            checked: ticked.includes(id),
          })),
          voted,
        }
      : null,
    options: votes || shown ? null : poll.options.map(({ text }) => text),
    result: shown
      ? poll.options.map(({ id, text, votes: count }) => ({
          text,
          count: inSteps(count, 'votes', i18n),
          mine: poll.mine.includes(id),
        }))
      : null,
    fault: vote === null ? null : i18n.t(vote.fault),
    notes: [
      ...(votes ? [i18n.t('threads.poll.anonymous')] : []),
      ...(due ? [inSteps(poll.voters, 'voters', i18n)] : [whenShown(poll, votes, i18n)]),
      ...(due && !shown ? [i18n.t('threads.poll.too-few', { count: VOTERS_PER_STEP })] : []),
      ...(shown && !closed ? [i18n.t('threads.poll.in-steps')] : []),
      ...closing(poll, closed, i18n),
    ],
  };
}

function inSteps(count: number, of: 'votes' | 'voters', i18n: Translator): string {
  return count < VOTERS_PER_STEP
    ? i18n.t(`threads.poll.${of}.few`, { count: VOTERS_PER_STEP })
    : i18n.t(`threads.poll.${of}.some`, { count: count - (count % VOTERS_PER_STEP) });
}

function whenShown({ results }: PollRow, votes: boolean, i18n: Translator): string {
  return i18n.t(`threads.poll.shown.${results === 'voted' && votes ? 'voted' : 'closed'}`);
}

function closing({ closesAt }: PollRow, closed: boolean, i18n: Translator): string[] {
  if (closesAt === null) return [];
  return [
    closed
      ? i18n.t('threads.poll.closed', { when: i18n.when(closesAt) })
      : i18n.t('threads.poll.closes', { when: i18n.soon(closesAt) }),
  ];
}
