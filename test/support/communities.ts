import { Acknowledgements } from '../../src/communities/acknowledgements.js';
import { Answers } from '../../src/communities/answers.service.js';
import type { AccessibleCommunity } from '../../src/communities/community-access.js';
import { CommunityAccess } from '../../src/communities/community-access.service.js';
import { CommunityEditing } from '../../src/communities/community-editing.service.js';
import { CommunityState } from '../../src/communities/community-state.service.js';
import { Membership } from '../../src/communities/membership.service.js';
import { Visits } from '../../src/communities/visits.service.js';
import type { Viewer } from '../../src/http/viewer.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { AuditLog } from '../../src/review/audit-log.js';
import { testDatabase, type TestDatabase } from './database.js';

/** A database with the services of communities, wired as in the application, and a frozen clock. */
export interface CommunitySide extends TestDatabase {
  readonly membership: Membership;
  readonly visits: Visits;
  readonly state: CommunityState;
  readonly editing: CommunityEditing;
  viewer(handle: string, changes?: Partial<Viewer>): Promise<Viewer>;
  /** Loads the community for the viewer. */
  load(viewer: Viewer, slug: string): Promise<AccessibleCommunity>;
  /** The state and role of a membership, or null if there is none. */
  membershipOf(handle: string, slug: string): Promise<{ state: string; role: string } | null>;
  memberCount(slug: string): Promise<number>;
  /** Outbox events since the last call. */
  events(): Promise<string[]>;
  /** Audit log actions about a community, oldest first. */
  logged(slug: string): Promise<string[]>;
}

export async function communitySide(): Promise<CommunitySide> {
  const db = await testDatabase();
  const { database, sql, clock, make } = db;
  clock.freeze();
  const outbox = new Outbox();
  const auditLog = new AuditLog(clock);
  const answers = new Answers(clock, outbox);
  const membership = new Membership(database, sql, clock, new Acknowledgements(), answers, outbox);
  const access = new CommunityAccess(sql);
  let seen = '0';
  return {
    ...db,
    membership,
    visits: new Visits(database, clock, outbox),
    state: new CommunityState(database, clock, auditLog, membership),
    editing: new CommunityEditing(database, clock, auditLog),
    viewer: (handle, changes) => make.viewer(handle, changes),
    load: (who, slug) => access.load(who, slug),
    membershipOf: async (handle, slug) => {
      const [row] = await make.all<{ state: string; role: string }>(
        `
          select s.state, s.role
          from memberships s
          join members m on m.id = s.member_id
          join communities c on c.id = s.community_id
          where m.handle = $1::citext and c.slug = $2
        `,
        [handle, slug],
      );
      return row ?? null;
    },
    memberCount: async (slug) => {
      const { count } = await make.one<{ count: number }>(
        'select member_count as count from communities where slug = $1',
        [slug],
      );
      return count;
    },
    events: async () => {
      const rows = await make.all<{ id: string; event: string }>(
        'select id, event from outbox where id > $1 order by id',
        [seen],
      );
      seen = rows.at(-1)?.id ?? seen;
      return rows.map(({ event }) => event);
    },
    logged: async (slug) => {
      const rows = await make.all<{ action: string }>(
        `
          select l.deed as action
          from moderation_log l
          join communities c on c.id = l.community_id
          where c.slug = $1
          order by l.id
        `,
        [slug],
      );
      return rows.map(({ action }) => action);
    },
  };
}
