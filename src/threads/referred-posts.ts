import { isId } from '../kernel/ids.js';
import type { Sql } from '../kernel/sql.js';
import { listOf } from '../http/form-values.js';
import type { InvalidForm, Values } from '../http/form.js';
import { MAX_QUOTES } from '../posts/post-address.js';
import type { AccessibleThread } from './thread-access.js';
import { referredPosts, type ReferredPostRow } from './thread-posts.queries.js';

/**
 * The posts that the reply refers to: those chosen now, and those in the form or the draft.
 * Quoting a post also answers it, unless another one is answered.
 */
export async function referredIn(
  sql: Sql,
  memberId: string,
  thread: AccessibleThread,
  query: { faulty?: InvalidForm; reply?: number; quote?: readonly number[] },
  values: Values,
): Promise<{ replyTo: ReferredPostRow | null; quotes: ReferredPostRow[] }> {
  const fresh = query.faulty === undefined;
  const quoting = fresh ? (query.quote ?? []) : [];
  const number = fresh ? (query.reply ?? quoting[0] ?? null) : null;
  const answered = listOf(values.replyTo).filter(isId);
  const quoted = listOf(values.quotes).filter(isId).slice(0, MAX_QUOTES);
  const numbers = [...quoting, ...(number === null ? [] : [number])];
  const ids = [...quoted, ...answered];
  if (numbers.length + ids.length === 0) return { replyTo: null, quotes: [] };
  const rows = await sql.rows(referredPosts, {
    threadId: thread.id,
    numbers,
    ids,
    viewerId: memberId,
  });
  const quotes = [
    ...quoted.map((id) => rows.find((row) => row.id === id)),
    ...quoting.map((each) => rows.find((row) => row.number === each)),
  ].filter((row) => row !== undefined);
  const replyTo = rows.find((row) =>
    number === null ? answered.includes(row.id) : row.number === number,
  );
  return { replyTo: replyTo ?? null, quotes: [...new Set(quotes)].slice(0, MAX_QUOTES) };
}
