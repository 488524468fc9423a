import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const ownerOfLetter = statement<{ letterId: string }, { memberId: string }>(
  'notifications.letter-owner',
  'select member_id as "memberId" from toolkit_letters where id = :letterId',
);
const ownerOfSheet = statement<{ sheetId: string }, { memberId: string }>(
  'notifications.sheet-owner',
  'select member_id as "memberId" from toolkit_sheets where id = :sheetId and nearer is null',
);
const stillWanted = statement<{ memberId: string }, { memberId: string }>(
  'notifications.practice-wanted',
  `
    select member_id as "memberId"
    from toolkit_settings
    where member_id = :memberId and remind_every is not null
  `,
);

/** A look back is ready. What it says stays where it is. */
@Injectable()
@Handles('tell-of-look-back', 'default')
export class NotifyLookBackJob implements Job<{ letterId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ letterId }: { letterId: string }): Promise<void> {
    const owner = await this.sql.first(ownerOfLetter, { letterId });
    if (owner !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'look-back', { ...owner, subjectId: letterId }),
      );
  }
}

@Injectable()
@Handles('tell-of-practice', 'default')
export class NotifyPracticeJob implements Job<{ memberId: string; reminderId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ memberId, reminderId }: { memberId: string; reminderId: string }): Promise<void> {
    const owner = await this.sql.first(stillWanted, { memberId });
    if (owner !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'practice', { memberId, subjectId: reminderId }),
      );
  }
}

@Injectable()
@Handles('tell-of-nearer', 'default')
export class NotifyFollowUpJob implements Job<{ sheetId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ sheetId }: { sheetId: string }): Promise<void> {
    const owner = await this.sql.first(ownerOfSheet, { sheetId });
    if (owner !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'nearer', { ...owner, subjectId: sheetId }),
      );
  }
}
