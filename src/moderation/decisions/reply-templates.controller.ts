import { Controller, Get, Param, Post } from '@nestjs/common';
import { IsIn, Length } from 'class-validator';
import { formView } from '../../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Messages } from '../../i18n/messages.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { mustModerate } from '../core/case-access.js';
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

const all = statement<ReplyTemplateRow>(
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
@Controller('mod/wordings')
export class ReplyTemplatesController {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly log: AuditLog,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    mustModerate(viewer);
    return this.list(i18n);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.list(i18n, form);
    const { tier, title, body } = form.value;
    return this.change(
      viewer,
      `
        insert into reply_templates (tier, title, body, updated_by, updated_at)
        values ($1, $2, $3, $4, $5)
        returning id
      `,
      [tier, title, body],
    );
  }

  @Post(':id')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.list(i18n, form);
    const { tier, title, body } = form.value;
    return this.change(
      viewer,
      `
        update reply_templates
        set tier = $1, title = $2, body = $3, updated_by = $4, updated_at = $5
        where id = $6 and retired_at is null
        returning id
      `,
      [tier, title, body],
      id,
    );
  }

  @Post(':id/retire')
  async retire(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    return this.change(
      viewer,
      `
        update reply_templates
        set updated_by = $1, updated_at = $2, retired_at = $2
        where id = $3 and retired_at is null
        returning id
      `,
      [],
      id,
    );
  }

  private async change(
    viewer: Viewer,
    text: string,
    fields: string[],
    id?: string,
  ): Promise<SeeOther> {
    await this.database.inTransaction(async (tx) => {
      const answer = (await tx.query(text, [
        ...fields,
        viewer.memberId,
        this.clock.now(),
        ...(id === undefined ? [] : [id]),
      ])) as unknown[];
      // Of an update the driver answers rows and a count.
      const rows = Array.isArray(answer[0]) ? (answer[0] as unknown[]) : answer;
      if (rows.length === 0) throw new NotFound();
      await this.log.write(tx, viewer.memberId, { deed: 'template.changed' });
    });
    return seeOther('/mod/wordings', 'moderation.notice.wording');
  }

  private async list(i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(all);
    const form = formView(this.messages, i18n.locale, faulty);
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
