import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { insertOne, type Tx } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { answerGiven } from './communities.events.js';
import { MemberAnswer } from './member-answer.entity.js';

interface AnswerGiven {
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
}
