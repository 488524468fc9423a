import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { HANDLE } from './handles.js';
import { block, profile, unblock, type ProfileRow } from './settings.queries.js';

/** Members as other members see them, and hiding each other. */
@Injectable()
export class Profiles {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound where nobody has the handle, or the viewer may not know it */
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

  /** The other member is not notified, and nothing they see changes. */
  async block(viewer: Viewer, handle: string): Promise<void> {
    await this.sql.rows(block, { viewerId: viewer.memberId, handle });
  }

  async unblock(viewer: Viewer, handle: string): Promise<void> {
    await this.sql.rows(unblock, { viewerId: viewer.memberId, handle });
  }
}
