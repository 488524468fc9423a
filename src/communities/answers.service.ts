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
  /** The moderator's own text; may be empty. */
  readonly line: string;
}

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
}
