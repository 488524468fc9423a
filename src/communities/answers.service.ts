import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { insertOne, type Tx } from '../kernel/database.js';
import { Conflict } from '../kernel/errors.js';
import { findIn } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { answerGiven } from './communities.events.js';
import { MemberAnswer } from './member-answer.entity.js';

interface AnswerGiven {
  readonly memberId: string;
  readonly communityId: string;
  readonly about: 'join' | 'supporter';
  readonly accepted: boolean;
  /** The moderator's own text; may be empty. */
  readonly line: string;
}

type AnswerGivenTo = Omit<AnswerGiven, 'memberId'> & { readonly handle: string };

/** Saves moderators' answers to requests, and notifies the member. */
@Injectable()
export class Answers {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async give(tx: Tx, answer: AnswerGiven): Promise<void> {
    const answerId = await insertOne(tx, MemberAnswer, {
      memberId: answer.memberId,
      communityId: answer.communityId,
      about: answer.about,
      accepted: answer.accepted,
      words: answer.line,
      createdAt: this.clock.now(),
    });
    await this.outbox.append(tx, answerGiven({ answerId }));
  }

  /**
   * Accepts an answer to a request that no longer waits if the same answer was given before: the
   * form was sent twice.
   * @throws Conflict if a colleague answered first, or the request was withdrawn
   */
  async requireSame(
    tx: Tx,
    { communityId, handle, about, accepted, line }: AnswerGivenTo,
  ): Promise<void> {
    const last = await findIn<{ accepted: boolean; words: string }>(
      tx,
      `
        select a.accepted, a.words
        from member_answers a
        join members m on m.id = a.member_id
        where m.handle = :handle::citext and a.community_id = :communityId and a.about = :about
        order by a.id desc
        limit 1
      `,
      { handle, communityId, about },
    );
    if (last?.accepted !== accepted || last.words !== line)
      throw new Conflict('communities.error.answered');
  }
}
