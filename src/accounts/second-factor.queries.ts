import { statement } from '../kernel/sql.js';

export interface SecondFactorState {
  /** An authenticator app is set up. */
  app: boolean;
  /** An app is being set up: its secret is shown but not confirmed yet. */
  pending: boolean;
  passkeys: number;
  /** Number of unused recovery codes. */
  codes: number;
  /** Without an address, recovery codes are the only way back in. */
  mailbox: boolean;
}

export const secondFactorState = statement<{ memberId: string }, SecondFactorState>(
  'accounts.second-factor-state',
  `
    select
      exists (
        select 1
        from totp_secrets t
        where t.member_id = :memberId and t.confirmed_at is not null
      ) as app,
      exists (
        select 1
        from totp_secrets t
        where t.member_id = :memberId and t.confirmed_at is null
      ) as pending,
      (
        select count(*)::int
        from passkeys k
        where k.member_id = :memberId
      ) as passkeys,
      (
        select count(*)::int
        from recovery_codes r
        where r.member_id = :memberId and r.used_at is null
      ) as codes,
      exists (
        select 1
        from members m
        where m.id = :memberId and m.email is not null
      ) as mailbox
  `,
);

/** Updates `members.second_factor_since` after a factor was added or removed. */
export const updateSecondFactorSince = statement<
  { memberId: string; now: Date },
  { since: Date | null; mailbox: boolean }
>(
  'accounts.second-factor-note',
  `
    update members m
    set second_factor_since = case
      when exists (
        select 1
        from totp_secrets t
        where t.member_id = m.id and t.confirmed_at is not null
        union all
        select 1
        from passkeys k
        where k.member_id = m.id
      )
      then coalesce(m.second_factor_since, :now)
    end
    where m.id = :memberId
    returning m.second_factor_since as since, m.email is not null as mailbox
  `,
);
