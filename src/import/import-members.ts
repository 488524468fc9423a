import { isEmail } from 'class-validator';
import { closedImportId } from '../account-data/closed-imports.js';
import { newToken } from '../kernel/ids.js';
import { skeleton } from '../kernel/skeleton.js';
import { copyRows } from './copy.js';
import { handleCandidates } from './handle-choice.js';
import { ImportFault } from './import-fault.js';
import { inBatch, newIds, storableText, type ImportRun } from './import-run.js';
import type { ImportedMember } from './source.js';

/** A member of the source, and the plan for them. */
interface Plan {
  member: ImportedMember;
  /** Null if the address is invalid, or belongs to another account. */
  email: string | null;
  /** An existing account, if it is certain that its owner reads the address. */
  existing: string | null;
  /** Null if no account is created. */
  handle: string | null;
}

interface Holder {
  email: string;
  id: string;
  /** Only the owner of the address can get into the account. */
  sure: boolean;
  /** The account was created by this import. */
  ours: boolean;
}

const NOBODYS = /\.invalid$/i;

/**
 * Creates accounts without a password, which their owners claim by resetting it. Existing accounts
 * are kept; their owners' old posts become theirs without showing their handle, as they never
 * agreed to be linked. Sends no email.
 */
export async function importMembers(
  run: ImportRun,
  batch: readonly ImportedMember[],
): Promise<void> {
  const fresh = await withoutKnown(run, batch);
  if (fresh.length === 0) return;
  // Retried, as somebody may sign up concurrently with a handle or address of the batch.
  for (let attempt = 1; ; attempt += 1) {
    try {
      const plans = await planAll(run, fresh);
      await inBatch(run, () => write(run, plans));
      for (const plan of plans) note(run, plan);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '23505' || attempt === 5) throw error;
    }
  }
}

/** @throws ImportFault if the members known by these ids are different people */
async function withoutKnown(
  { client, importId, report, secrets }: ImportRun,
  batch: readonly ImportedMember[],
): Promise<ImportedMember[]> {
  const ids = new Map(
    batch.flatMap(({ id }) =>
      [id, ...secrets.map((secret) => closedImportId(secret, importId, id))].map((each) => [
        each,
        id,
      ]),
    ),
  );
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select foreign_id as id, foreign_at as at
     from imported_members
     where import_id = $1 and foreign_id = any($2)`,
    [importId, [...ids.keys()]],
  );
  const known = new Map(rows.map(({ id, at }) => [ids.get(id), at.getTime()]));
  const same = batch.filter(({ id, joinedAt }) => known.get(id) === joinedAt.getTime());
  if (same.length * 2 < known.size)
    throw new ImportFault(
      'The members of this dump differ from those of the earlier import with that origin: ' +
        'name another forum with --origin NAME.',
    );
  report.there.members += known.size;
  const fresh = new Map(
    batch.filter(({ id }) => !known.has(id)).map((member) => [member.id, member]),
  );
  return [...fresh.values()];
}

async function planAll(run: ImportRun, batch: readonly ImportedMember[]): Promise<Plan[]> {
  const addresses = batch.flatMap(({ email }) => addressOf(email) ?? []);
  const holders = await holdersOf(run, addresses);
  const claimed = new Set<string>();
  const plans = batch.map((member): Plan => {
    const email = addressOf(member.email);
    const holder = email === null ? undefined : holders.get(email);
    const nobody = { member, email: null, existing: null, handle: null };
    if (member.banned) return nobody;
    if (holder !== undefined && !holder.ours)
      return { ...nobody, existing: holder.sure ? holder.id : null };
    const shared = email === null || holder !== undefined || claimed.has(email);
    if (email !== null) claimed.add(email);
    return { ...nobody, email: shared ? null : email, handle: '' };
  });
  await chooseHandles(
    run,
    plans.filter(({ handle }) => handle !== null),
  );
  return plans;
}

function addressOf(email: string | null): string | null {
  const address = email?.trim().toLowerCase() ?? '';
  return isEmail(address) && !NOBODYS.test(address) ? address : null;
}

async function holdersOf(
  { client, importId }: ImportRun,
  addresses: readonly string[],
): Promise<Map<string, Holder>> {
  // In a dry run the shadow table `members` only contains accounts of the run.
  const { rows } = await client.query<Holder>(
    `
      select lower(m.email::text) as email, m.id::text,
        m.email_verified_at is not null
          or (m.password_hash is null
            and not exists (select 1
              from public.organisation_identities o
              where o.member_id = m.id)) as sure,
        exists (select 1
          from imported_members i
          where i.import_id = $2 and i.member_id = m.id) as ours
      from (
        select id, email, email_verified_at, password_hash from public.members
        union
        select id, email, email_verified_at, password_hash from members) m
      where m.email = any($1::citext[])`,
    [addresses, importId],
  );
  return new Map(rows.map((row) => [row.email, row]));
}

/** Chooses for each the most similar handle that is free and not confusable with another. */
async function chooseHandles({ client }: ImportRun, plans: Plan[]): Promise<void> {
  const choices = plans.map(({ member, email }) => handleCandidates(member.name, email));
  const { rows } = await client.query<{ taken: string }>(
    `
      with asked as (select distinct handle_skeleton(handle) as skeleton
        from unnest($1::text[]) handle)
      select skeleton as taken
      from asked
      where exists (select 1
          from public.members m
          where m.handle_skeleton = skeleton)
        or exists (select 1
          from members m
          where m.handle_skeleton = skeleton)
        or exists (select 1
          from handle_reservations r
          where handle_skeleton(r.handle::text) = skeleton and r.expires_at > now())`,
    [choices.flat()],
  );
  const taken = new Set(rows.map((row) => row.taken));
  for (const [at, plan] of plans.entries()) {
    const handle = choices[at]?.find((choice) => !taken.has(skeleton(choice)));
    if (handle === undefined) throw new Error('no handle was free');
    taken.add(skeleton(handle));
    plan.handle = handle;
  }
}

async function write(run: ImportRun, plans: readonly Plan[]): Promise<void> {
  const newMembers = plans.filter(({ handle }) => handle !== null);
  const ids = await newIds(run, 'members', newMembers.length);
  const idOf = new Map(newMembers.map((plan, at) => [plan, ids[at] ?? null]));
  await copyRows(
    run.client,
    'members',
    ['id', 'handle', 'email', 'avatar_seed', 'created_at'],
    newMembers.map((plan) => [
      idOf.get(plan) ?? null,
      plan.handle,
      plan.email,
      newToken(9),
      plan.member.joinedAt,
    ]),
  );
  await copyRows(
    run.client,
    'imported_members',
    ['import_id', 'foreign_id', 'foreign_at', 'member_id', 'detached'],
    plans.map((plan) => [
      run.importId,
      storableText(plan.member.id),
      plan.member.joinedAt,
      plan.existing ?? idOf.get(plan) ?? null,
      plan.existing !== null,
    ]),
  );
}

function note({ report }: ImportRun, { member, email, existing, handle }: Plan): void {
  if (handle !== null) report.made.members += 1;
  if (member.banned) report.lose('banned-member', member.id);
  else if (existing !== null) report.lose('name-of-member-here', member.id);
  else if (handle === null) report.lose('unconfirmed-address-here', member.id);
  else {
    if (handle !== member.name) report.lose('name-changed', member.id);
    if (email === null)
      report.lose(member.email === null ? 'member-without-address' : 'address-left-out', member.id);
  }
}
