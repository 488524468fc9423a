import { Injectable } from '@nestjs/common';
import { requireModerator, type AccessibleCommunity } from '../communities/community-access.js';
import { AuditLog } from '../review/audit-log.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, executeIn, queryIn } from '../kernel/sql.js';
import { TeamThreads } from '../posting/team-threads.service.js';
import { PromptThread } from './prompt-thread.entity.js';
import { dueDay } from './prompt-times.js';
import type { PromptForm, PromptKind } from './prompts.dto.js';
import { activePrompts, promptsOf, type ActivePrompt, type PromptRow } from './prompts.queries.js';
import { dateTimeFormat } from '../kernel/intl.js';

/** Prompts open a thread every week, so that members can take part without being in crisis. */
@Injectable()
export class Prompts {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
    private readonly threads: TeamThreads,
  ) {}

  async of(community: AccessibleCommunity): Promise<PromptRow[]> {
    return this.sql.rows(promptsOf, { communityId: community.id });
  }

  /**
   * Creates the prompt, or edits the community's existing prompt of that kind.
   * @throws NotFound if the viewer may not moderate the community
   */
  async save(viewer: Viewer, community: AccessibleCommunity, form: PromptForm): Promise<void> {
    requireModerator(viewer, community);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          insert into community_prompts (community_id, kind, title, body, weekday, hour, author_id,
            created_at)
          values (:communityId, :kind, :title, :body, :weekday, :hour, :viewerId, :now)
         on conflict (community_id, kind)
         do update set title = excluded.title, body = excluded.body, weekday = excluded.weekday,
           hour = excluded.hour, author_id = excluded.author_id,
           created_at = case
             when (community_prompts.weekday, community_prompts.hour) = (excluded.weekday,
               excluded.hour) then community_prompts.created_at
             else excluded.created_at end`,
        {
          communityId: community.id,
          kind: form.kind,
          title: form.title,
          body: form.body,
          weekday: form.weekday,
          hour: form.hour,
          viewerId: viewer.memberId,
          now,
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'prompt.saved',
        communityId: community.id,
        detail: { kind: form.kind, weekday: form.weekday, hour: form.hour },
      });
    });
  }

  /** @throws NotFound if there is none, or the viewer may not moderate the community */
  async pause(
    viewer: Viewer,
    community: AccessibleCommunity,
    kind: PromptKind,
    change: 'pause' | 'resume',
  ): Promise<void> {
    requireModerator(viewer, community);
    await this.database.inTransaction(async (tx) => {
      const changed = await executeIn(
        tx,
        `
          update community_prompts
          set paused_at = case when :paused then coalesce(paused_at, :now) end
          where community_id = :communityId and kind = :kind
        `,
        { communityId: community.id, kind, paused: change === 'pause', now: this.clock.now() },
      );
      if (changed === 0) throw new NotFound();
      await this.auditLog.write(tx, viewer.memberId, {
        action: `prompt.${change}d`,
        communityId: community.id,
        detail: { kind },
      });
    });
  }

  /** Opens the threads that are due. Idempotent: one thread for each prompt and day. */
  async postDue(): Promise<void> {
    const now = this.clock.now();
    for (const prompt of await this.sql.rows(activePrompts)) {
      const day = dueDay(prompt, prompt.timeZone, now);
      if (day !== null && prompt.authorId !== null) await this.post(prompt, prompt.authorId, day);
    }
  }

  private async post(prompt: ActivePrompt, authorId: string, day: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [fresh] = await queryIn<object>(
        tx,
        `
          insert into prompt_threads (prompt_id, day)
          values (:promptId, :day)
          on conflict
          do nothing
          returning day
        `,
        { promptId: prompt.id, day },
      );
      if (fresh === undefined) return;
      if (prompt.lastThread !== null) await this.threads.retire(tx, prompt.lastThread);
      const threadId = await this.threads.open(tx, {
        communityId: prompt.communityId,
        authorId,
        title: `${prompt.title}, ${dayIn(prompt.language, day)}`,
        body: prompt.body,
        kind: prompt.kind === 'check-in' ? 'support' : 'win',
        replyWish: prompt.kind === 'check-in' ? 'listen' : 'experiences',
      });
      await tx.getRepository(PromptThread).update({ promptId: prompt.id, day }, { threadId });
    });
  }
}

function dayIn(language: string, day: string): string {
  return dateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}
