import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { FieldError } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { addressOf, type SearchFields } from './search-options.js';

export const MOST_SAVED = 30;

interface SavedRow {
  id: string;
  name: string;
  fields: SearchFields;
}

const list = statement<SavedRow>(
  'search.saved',
  'select id, name, fields from saved_searches where member_id = $1 order by name, id',
);
const keep = statement<{ id: string }>(
  'search.save',
  `insert into saved_searches (member_id, name, fields, created_at)
   select $1, $2, $3, $4
   where (select count(*) from saved_searches where member_id = $1 and name <> $2) < ${MOST_SAVED}
   on conflict (member_id, name) do update set fields = excluded.fields returning id`,
);
const drop = statement(
  'search.drop-saved',
  'delete from saved_searches where member_id = $1 and id = $2',
);

export interface SavedSearch {
  id: string;
  name: string;
  href: string;
}

/** Searches that a member chose to keep, with their filters; read by nobody else. */
@Injectable()
export class SavedSearches {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async of(memberId: string): Promise<SavedSearch[]> {
    return (await this.sql.rows(list, [memberId])).map(({ id, name, fields }) => ({
      id,
      name,
      href: addressOf(fields),
    }));
  }

  /** Under a name that is there already, it takes the place of the one before. */
  async keep(memberId: string, name: string, fields: SearchFields): Promise<void> {
    const kept = await this.sql.first(keep, [
      memberId,
      name,
      JSON.stringify(fields),
      this.clock.now(),
    ]);
    if (kept === null) throw new FieldError('name', 'search.error.many');
  }

  /** One's own alone; another's is not there. */
  async drop(memberId: string, id: string): Promise<void> {
    await this.sql.rows(drop, [memberId, id]);
  }
}
