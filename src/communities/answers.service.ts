import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { answerGiven } from './communities.events.js';
import { getIn } from '../kernel/sql.js';

export interface AnswerGiven {
  readonly memberId: string;
  readonly communityId: string;
  readonly about: 'join' | 'supporter';
  readonly accepted: boolean;
  /** In the moderator's own words; '' where they left none. */
  readonly line: string;
}

/** What moderators answer to somebody who asked them for something. */
@Injectable()
export class Answers {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async give(tx: Tx, answer: AnswerGiven): Promise<void> {
    const row = await getIn<{ id: string }>(
      tx,
      `
        insert into member_answers (member_id, community_id, about, accepted, words, created_at)
        values (:memberId, :communityId, :about, :accepted, :line, :now)
        returning id
      `,
      {
        memberId: answer.memberId,
        communityId: answer.communityId,
        about: answer.about,
        accepted: answer.accepted,
        line: answer.line,
        now: this.clock.now(),
      },
    );
    await this.outbox.append(tx, answerGiven({ answerId: row.id }));
  }
}
