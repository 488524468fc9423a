import { Injectable } from '@nestjs/common';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/**
 * The words for spelling correction: from strategies, listed communities and public titles, the
 * latter only if three threads contain the word. Words of a single member, or from members-only
 * content, are never suggested to others.
 */
const COLLECT = `
  insert into search_vocabulary (word, documents)
  select w.word, sum(w.ndoc)::int from (
    select word, ndoc
    from ts_stat($q$
      select to_tsvector('public.search_vocabulary',
        search_text(name || ' ' || summary || ' ' || fits || ' ' || joined_texts(steps)))
      from coping_strategies
      where status = 'published' $q$)
    union all
    select word, ndoc
    from ts_stat($q$
      select to_tsvector('public.search_vocabulary',
        search_text(name || ' ' || summary || ' ' || joined_texts(topics)))
      from communities
      where visibility <> 'unlisted' and archived_at is null $q$)
    union all
    select word, ndoc
    from ts_stat($q$
      select to_tsvector('public.search_vocabulary', search_text(t.title))
      from threads t
      join communities c on c.id = t.community_id
      join posts p on p.thread_id = t.id and p.number = 1
      where t.status = 'published'
        and c.visibility = 'public'
        and not p.members_only
        and not p.folded
        and p.tier not in ('urgent', 'crisis') $q$)
        where ndoc >= 3
  ) w where length(w.word) between 3 and 30 group by w.word order by 2 desc limit 50000`;

@Injectable()
export class SearchVocabulary {
  constructor(private readonly database: Database) {}

  /** Rebuilds the vocabulary; concurrent searches use the previous one. */
  async collect(): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select pg_advisory_xact_lock(:lock)', {
        lock: ADVISORY_LOCKS.searchVocabulary,
      });
      await executeIn(tx, 'delete from search_vocabulary');
      await executeIn(tx, COLLECT);
    });
  }
}
