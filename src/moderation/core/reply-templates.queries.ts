import { statement, type NoParams } from '../../kernel/sql.js';

export interface ReplyTemplateRow {
  id: string;
  tier: string;
  title: string;
  body: string;
}

/** Templates for one tier, and those for every tier. */
export const replyTemplatesFor = statement<{ tier: string }, ReplyTemplateRow>(
  'moderation.templates-for',
  `
    select id, tier, title, body
    from reply_templates
    where tier in (:tier, 'any') and retired_at is null
    order by tier = 'any', id
    limit 20
  `,
);

export const replyTemplates = statement<NoParams, ReplyTemplateRow>(
  'moderation.templates',
  `
    select id, tier, title, body
    from reply_templates
    where retired_at is null
    order by tier, id
    limit 200
  `,
);
