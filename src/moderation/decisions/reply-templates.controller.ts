import { Controller, Get, Param, Post } from '@nestjs/common';
import { IsIn, Length } from 'class-validator';
import { Moderator } from '../../http/guards.js';
import { formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { executeIn, Sql, statement, type NoParams } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { AuditLog } from '../../review/audit-log.js';
import type { ReplyTemplateRow } from '../core/reply-templates.queries.js';
import { TIERS } from '../core/case-labels.js';

const FOR = ['any', ...TIERS] as const;

export class ReplyTemplateForm {
  @IsIn(FOR, { message: 'forms.error.invalid' })
  tier = 'any';

  @Length(1, 80, { message: 'moderation.error.wording' })
  title = '';

  @Length(1, 4_000, { message: 'moderation.error.wording' })
  body = '';
}

const all = statement<NoParams, ReplyTemplateRow>(
  'moderation.templates',
  `
    select id, tier, title, body
    from reply_templates
    where retired_at is null
    order by tier, id
    limit 200
  `,
);

/** Beginnings for messages to members, kept by the moderators themselves. */
@Moderator()
@Controller('mod/wordings')
export class ReplyTemplatesController {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  @Get()
  show(@I18n() i18n: Translator): Promise<Page> {
    return this.list(i18n);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.list(i18n, form);
    const { tier, title, body } = form.value;
    return this.change(
      viewer,
      `
        insert into reply_templates (tier, title, body, updated_by, updated_at)
        values (:tier, :title, :body, :viewerId, :now)
      `,
      { tier, title, body },
    );
  }

  @Post(':id')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.list(i18n, form);
    const { tier, title, body } = form.value;
    return this.change(
      viewer,
      `
        update reply_templates
        set tier = :tier, title = :title, body = :body, updated_by = :viewerId, updated_at = :now
        where id = :id and retired_at is null
      `,
      { id, tier, title, body },
    );
  }

  @Post(':id/retire')
  async retire(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    return this.change(
      viewer,
      `
        update reply_templates
        set updated_by = :viewerId, updated_at = :now, retired_at = :now
        where id = :id and retired_at is null
      `,
      { id },
    );
  }

  private async change(
    viewer: Viewer,
    text: string,
    fields: Record<string, string>,
  ): Promise<SeeOther> {
    await this.database.inTransaction(async (tx) => {
      const changed = await executeIn(tx, text, {
        ...fields,
        viewerId: viewer.memberId,
        now: this.clock.now(),
      });
      if (changed === 0) throw new NotFound();
      await this.auditLog.write(tx, viewer.memberId, { action: 'template.changed' });
    });
    return seeOther('/mod/wordings', 'moderation.notice.wording');
  }

  private async list(i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(all);
    const form = formView(i18n, faulty);
    const tiers = (chosen: unknown): object[] =>
      FOR.map((value) => ({
        value,
        label:
          value === 'any' ? i18n.t('moderation.wordings.any') : i18n.t(`moderation.tier.${value}`),
        selected: value === chosen,
      }));
    const view = {
      tabs: { wordings: true },
      rows: rows.map((row) => ({
        ...row,
        tiers: tiers(row.tier),
        name: i18n.t('moderation.wordings.edit-name', {
          title: row.title,
          tier:
            row.tier === 'any'
              ? i18n.t('moderation.wordings.any')
              : i18n.t(`moderation.tier.${row.tier}`),
        }),
      })),
      tiers: tiers(form.values.tier),
      form,
    };
    return page('moderation/wordings', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.wordings.title',
    });
  }
}
