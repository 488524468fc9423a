import { statement } from '../kernel/sql.js';

export interface PasskeyRow {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** The stored data that an assertion is verified against. */
export interface StoredPasskey {
  id: string;
  memberId: string;
  credentialId: Buffer;
  publicKey: Buffer;
  /** A bigint, as text. */
  counter: string;
  transports: string[];
}

const STORED = `id, member_id as "memberId", credential_id as "credentialId",
      public_key as "publicKey", counter, transports`;

export const passkeysOf = statement<{ memberId: string }, PasskeyRow>(
  'accounts.passkeys',
  `
    select id, name, created_at as "createdAt", last_used_at as "lastUsedAt"
    from passkeys
    where member_id = :memberId
    order by id
  `,
);
export const storedPasskeys = statement<{ memberId: string }, StoredPasskey>(
  'accounts.passkeys-stored',
  `
    select ${STORED}
    from passkeys
    where member_id = :memberId
    order by id
  `,
);
/** Only for accounts that can log in. */
export const passkeyByCredential = statement<{ credentialId: Buffer }, StoredPasskey>(
  'accounts.passkey-by-credential',
  `
    select ${STORED}
    from passkeys
    where credential_id = :credentialId
      and member_id in (
        select id
        from members
        where closed_at is null and email_verified_at is not null
      )
  `,
);
export const usePasskey = statement<{ id: string; counter: number; now: Date }, { id: string }>(
  'accounts.passkey-use',
  `
    update passkeys
    set counter = :counter, last_used_at = :now
    where id = :id and (counter < :counter or (counter = 0 and :counter = 0))
    returning id
  `,
);
export const renamePasskey = statement<{ memberId: string; id: string; name: string }, object>(
  'accounts.passkey-rename',
  'update passkeys set name = :name where id = :id and member_id = :memberId',
);
