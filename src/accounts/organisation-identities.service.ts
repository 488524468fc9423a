import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { SiteSettings } from '../http/site-settings.js';
import { Sql, statement, executeIn, getIn } from '../kernel/sql.js';
import { HandleClaims } from './handle-claims.js';
import { suggestHandle } from './handles.js';
import { newCodes, RecoveryCodes } from './recovery-codes.js';
import { isReserved } from './reserved-names.js';

interface IdentifiedMember {
  memberId: string;
  secondFactor: boolean;
}

const find = statement<{ digest: Buffer }, IdentifiedMember>(
  'accounts.organisation-identity',
  `
    select m.id as "memberId", m.second_factor_since is not null as "secondFactor"
    from organisation_identities i
    join members m on m.id = i.member_id
    where i.digest = :digest and m.closed_at is null
  `,
);

/** Maps organisation identities to members. Nothing else about the identity is stored. */
@Injectable()
export class OrganisationIdentities {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly claims: HandleClaims,
    private readonly codes: RecoveryCodes,
    private readonly settings: SiteSettings,
  ) {}

  find(digest: Buffer): Promise<IdentifiedMember | null> {
    return this.sql.first(find, { digest });
  }

  /**
   * Creates an account without an address and without a password.
   * @returns the member, and recovery codes to be shown once
   * @throws FieldError if the handle is taken or reserved
   */
  async join(digest: Buffer, handle: string): Promise<{ memberId: string; codes: string[] }> {
    if (!this.settings.canSignUp) throw new Forbidden('accounts.closed.lead');
    if (isReserved(handle)) throw new FieldError('handle', 'accounts.error.handle-reserved');
    const now = this.clock.now();
    const codes = await newCodes();
    return this.database.inTransaction(async (tx) => {
      if (!(await this.claims.isFree(tx, handle)))
        throw new FieldError('handle', 'accounts.error.handle-taken', { other: suggestHandle() });
      const { id: memberId } = await getIn<{ id: string }>(
        tx,
        `
          insert into members (handle, avatar_seed, age_confirmed_at, guidelines_accepted_at,
            created_at, email_verified_at)
          values (:handle, :avatarSeed, :now, :now, :now, :now)
          returning id
        `,
        { handle, avatarSeed: newToken(9), now },
      );
      const added = await executeIn(
        tx,
        `
          insert into organisation_identities (digest, member_id, created_at)
          values (:digest, :memberId, :now)
          on conflict do nothing
        `,
        { digest, memberId, now },
      );
      // The form was submitted twice: the first submission counts.
      if (added === 0) throw new FieldError('handle', 'accounts.error.organisation-joined');
      return { memberId, codes: await this.codes.replace(tx, memberId, codes) };
    });
  }
}
