import { statement, type NoParams } from '../../kernel/sql.js';

export interface ProposedRow {
  slug: string;
  name: string;
  updatedAt: Date;
}

/** Suggested strategies that await review, by due time. */
export const proposedStrategies = statement<NoParams, ProposedRow>(
  'strategies.proposed',
  `
    select s.slug, s.name, s.updated_at as "updatedAt"
    from coping_strategies s
    left join review_cases rc
      on rc.kind = 'strategy' and rc.strategy_id = s.id and rc.state = 'open'
    where s.status = 'proposed'
    order by rc.due_at nulls last, s.id
    limit 100
  `,
);
