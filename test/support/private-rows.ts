import type { Factory } from './factory.js';

/** Saves a strategy to a member's toolkit. @returns the id of the item */
export async function saved(make: Factory, handle: string, slug: string): Promise<string> {
  const [row] = (await make.rows(
    `insert into toolkit_items (id, member_id, strategy_id, position, saved_at, updated_at)
     select nextval('private_row_ids'), $1, s.id,
       (select coalesce(max(position), 0) + 1 from toolkit_items where member_id = $1), now(),
       now()
     from coping_strategies s
     where s.slug = $2
     returning id`,
    [await make.member(handle), slug],
  )) as [{ id: string }];
  return row.id;
}

const TABLES = {
  collections: ['toolkit_collections', 'words, created_at', `'x', now()`],
  sheets: ['toolkit_sheets', 'words, created_at', `'x', now()`],
  letters: [
    'toolkit_letters',
    'words, month, created_at',
    `'x', now()::date - currval('private_row_ids')::int, now()`,
  ],
  'check-ins': ['check_ins', 'level, made_at', '5, now()'],
  shares: [
    'toolkit_shares',
    'token_hash, what, created_at, expires_at',
    `sha256(random()::text::bytea), 'card', now(), now() + interval '1 day'`,
  ],
} as const;

/**
 * A private row whose texts cannot be decrypted, which does not matter for access. @returns its id
 */
export async function sealedRow(
  make: Factory,
  handle: string,
  kind: keyof typeof TABLES,
): Promise<string> {
  const [table, columns, values] = TABLES[kind];
  const [row] = (await make.rows(
    `
      insert into ${table} (id, member_id, ${columns})
      select nextval('private_row_ids'), $1, ${values}
      returning id
    `,
    [await make.member(handle)],
  )) as [{ id: string }];
  return row.id;
}

/** A request to a supporter to reply, or an offer of a break. @returns its id */
export async function asked(
  make: Factory,
  handle: string,
  slug: string,
  table: 'askings' | 'rests_offered',
): Promise<string> {
  const member = await make.member(handle);
  const thread = await make.thread({ community: slug });
  await make.rows(
    `
      update memberships
      set role = 'supporter'
      where member_id = $1 and community_id = (select id from communities where slug = $2)
    `,
    [member, slug],
  );
  const [row] = (await make.rows(
    `
      insert into ${table} (thread_id, member_id, community_id,
        ${table === 'askings' ? 'asked_at' : 'offered_at'})
      select t.id, $2, t.community_id, now()
      from threads t
      where t.id = $1
      returning id
    `,
    [thread, member],
  )) as [{ id: string }];
  return row.id;
}

/** Creates the object of a census row that is private to one member. */
export async function privateId(
  make: Factory,
  handle: string,
  route: string,
  strategy: string,
): Promise<string> {
  if (route.includes('/aftercare/')) {
    const [row] = (await make.rows(
      `
        insert into aftercare_notes (thread_id, member_id, created_at)
        values ($1, $2, now())
        returning id
      `,
      [await make.thread({}), await make.member(handle)],
    )) as [{ id: string }];
    return row.id;
  }
  if (route.includes('/digests/')) return make.digest(handle);
  if (/ \/(asked|rests)\//.test(route))
    return asked(make, handle, strategy, route.includes('/asked/') ? 'askings' : 'rests_offered');
  const kind = /\/toolkit\/([\w-]+)\/:id/.exec(route)?.[1];
  if (kind === undefined) return '999999';
  return kind === 'items'
    ? saved(make, handle, strategy)
    : sealedRow(make, handle, kind as keyof typeof TABLES);
}
