import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { FieldError } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { addressOf, type SearchFields } from './search-options.js';

const MOST_SAVED = 30;

interface SavedRow {
  id: string;
  name: string;
  fields: SearchFields;
}

const list = statement<{ memberId: string }, SavedRow>(
  'search.saved',
  'select id, name, fields from saved_searches where member_id = :memberId order by name, id',
);
const keep = statement<
  { memberId: string; name: string; fields: string; now: Date },
  { id: string }
>(
  'search.save',
  `insert into saved_searches (member_id, name, fields, created_at)
   select :memberId, :name, :fields, :now
   where (select count(*)
     from saved_searches
     where member_id = :memberId and name <> :name) < ${MOST_SAVED}
   on conflict (member_id, name) do update set fields = excluded.fields returning id`,
);
const drop = statement<{ memberId: string; id: string }, object>(
  'search.drop-saved',
  'delete from saved_searches where member_id = :memberId and id = :id',
);

interface SavedSearch {
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
    return (await this.sql.rows(list, { memberId })).map(({ id, name, fields }) => ({
      id,
      name,
      href: addressOf(fields),
    }));
  }

  /** Under a name that is there already, it takes the place of the one before. */
  async keep(memberId: string, name: string, fields: SearchFields): Promise<void> {
    const kept = await this.sql.first(keep, {
      memberId,
      name,
      fields: JSON.stringify(fields),
      now: this.clock.now(),
    });
    if (kept === null) throw new FieldError('name', 'search.error.many');
  }

  /** One's own alone; another's is not there. */
  async drop(memberId: string, id: string): Promise<void> {
    await this.sql.rows(drop, { memberId, id });
  }
}
