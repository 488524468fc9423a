import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';

interface AnswerRow {
  slug: string;
  name: string;
  about: 'join' | 'supporter';
  accepted: boolean;
  words: string;
  createdAt: Date;
}

const ownAnswer = statement<{ id: string; viewerId: string }, AnswerRow>(
  'belonging.own-answer',
  `
    select c.slug, c.name, a.about, a.accepted, a.words, a.created_at as "createdAt"
    from member_answers a
    join communities c on c.id = a.community_id
    where a.id = :id and a.member_id = :viewerId
  `,
);

/** What moderators answered, for the one who asked. */
@Controller('answers/:id')
export class JoinAnswerController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const row = await this.sql.first(ownAnswer, { id, viewerId: viewer.memberId });
    if (row === null) throw new NotFound();
    const which = `${row.about}.${row.accepted ? 'yes' : 'no'}`;
    const view = {
      slug: row.slug,
      name: row.name,
      lead: i18n.t(`belonging.answer.${which}`, { name: row.name }),
      line: row.words,
      when: i18n.when(row.createdAt),
      accepted: row.accepted,
      join: row.about === 'join',
    };
    return page('belonging/answer', view, { titleKey: 'belonging.answer.title' });
  }
}
