import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { FieldError } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { deleteSavedSearch, savedSearches, saveSearch } from './saved-searches.queries.js';
import { searchPath, type SearchFields } from './search-options.js';

/** A saved search with its URL. */
export interface SavedSearchLink {
  id: string;
  name: string;
  href: string;
}

/** Searches that a member saved, with their filters; private. */
@Injectable()
export class SavedSearches {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async of(memberId: string): Promise<SavedSearchLink[]> {
    return (await this.sql.rows(savedSearches, { memberId })).map(({ id, name, fields }) => ({
      id,
      name,
      href: searchPath(fields),
    }));
  }

  /**
   * Saves a search, replacing one with the same name.
   * @throws FieldError if the member has saved too many
   */
  async keep(memberId: string, name: string, fields: SearchFields): Promise<void> {
    const saved = await this.sql.first(saveSearch, {
      memberId,
      name,
      fields: JSON.stringify(fields),
      now: this.clock.now(),
    });
    if (saved === null) throw new FieldError('name', 'search.error.many');
  }

  /** Deletes a search of the member's own; ignores those of others. */
  async drop(memberId: string, id: string): Promise<void> {
    await this.sql.rows(deleteSavedSearch, { memberId, id });
  }
}
