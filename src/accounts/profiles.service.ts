import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { HANDLE } from './handles.js';
import { block, profile, unblock, type ProfileRow } from './settings.queries.js';

/** Members' profiles, and hiding other members. */
@Injectable()
export class Profiles {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound if nobody has the handle, or the viewer may not know about it */
  async load(viewer: Viewer, handle: string): Promise<ProfileRow> {
    const row = HANDLE.test(handle)
      ? await this.sql.first(profile, {
          handle,
          viewerId: viewer.memberId,
          isStaff: isStaff(viewer),
          now: this.clock.now(),
        })
      : null;
    if (row === null) throw new NotFound();
    return row;
  }

  /** Hides a member. They are not notified, and see no difference. */
  async block(viewer: Viewer, handle: string): Promise<void> {
    await this.sql.rows(block, { viewerId: viewer.memberId, handle });
  }

  async unblock(viewer: Viewer, handle: string): Promise<void> {
    await this.sql.rows(unblock, { viewerId: viewer.memberId, handle });
  }
}
