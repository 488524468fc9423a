import { Injectable } from '@nestjs/common';
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import type { PasskeyPrompt } from '../http/log-in-form.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, isDuplicate } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { sign } from '../kernel/ids.js';
import { Sql, executeIn, queryIn } from '../kernel/sql.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import {
  passkeyByCredential,
  passkeysOf,
  renamePasskey,
  storedPasskeys,
  usePasskey,
  type PasskeyRow,
  type StoredPasskey,
} from './passkeys.queries.js';
import { SecondFactor } from './second-factor.service.js';

/** Loaded on first use: it includes certificate parsers that are slow to load. */
const webauthn = () => import('@simplewebauthn/server');

/** Maximum number of passkeys per member, enough for all of their devices. */
const MAX_PASSKEYS = 10;

/**
 * Passkeys (WebAuthn). A passkey is a complete log-in: user verification is required, so it
 * replaces both the password and the second factor.
 */
@Injectable()
export class Passkeys {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly challenges: PasskeyChallenges,
    private readonly secondFactor: SecondFactor,
  ) {}

  list(memberId: string): Promise<PasskeyRow[]> {
    return this.sql.rows(passkeysOf, { memberId });
  }

  /** @param siteName shown by the browser */
  async promptToAdd(viewer: Viewer, siteName: string): Promise<PasskeyPrompt> {
    const { memberId, handle } = viewer;
    const { challenge, state } = this.challenges.make('add', memberId);
    const own = await this.sql.rows(storedPasskeys, { memberId });
    const user = sign(this.config.secret, 'passkey-user', memberId);
    const options = await (
      await webauthn()
    ).generateRegistrationOptions({
      rpName: siteName,
      rpID: this.site().rpID,
      userName: handle,
      userID: new Uint8Array(Buffer.from(user, 'base64url')),
      challenge,
      attestationType: 'none',
      excludeCredentials: own.map(credentialOf),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    return { options: JSON.stringify(options), state };
  }

  /** @param memberId limits the prompt to this member's passkeys; null for any */
  async promptToLogIn(memberId: string | null): Promise<PasskeyPrompt> {
    const { challenge, state } = this.challenges.make('log-in', null);
    const own = memberId === null ? [] : await this.sql.rows(storedPasskeys, { memberId });
    const options = await (
      await webauthn()
    ).generateAuthenticationOptions({
      rpID: this.site().rpID,
      allowCredentials: own.map(credentialOf),
      challenge,
      userVerification: 'required',
    });
    return { options: JSON.stringify(options), state };
  }

  /**
   * @param answer the browser's response, as JSON
   * @returns recovery codes if this is the first second factor
   * @throws FieldError if the response is not valid
   */
  async add(viewer: Viewer, name: string, answer: string, state: string): Promise<string[] | null> {
    const { memberId } = viewer;
    const expectedChallenge = await this.challenges.spend(state, 'add', memberId);
    const response = parsed<RegistrationResponseJSON>(answer);
    if (expectedChallenge === null || response === null) throw unfit();
    const { rpID, origin } = this.site();
    // A response that fails verification is rejected below, whatever the reason.
    const result = await (
      await webauthn()
    )
      .verifyRegistrationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
      })
      .catch(() => null);
    if (result?.verified !== true) throw unfit();
    const { credential } = result.registrationInfo;
    try {
      return await this.store(viewer, name, credential);
    } catch (error) {
      if (isDuplicate(error)) throw unfit();
      throw error;
    }
  }

  /** @returns the member whose passkey was used, or null */
  async logIn(answer: string, state: string): Promise<string | null> {
    const expectedChallenge = await this.challenges.spend(state, 'log-in', null);
    const response = parsed<AuthenticationResponseJSON>(answer);
    if (expectedChallenge === null || response === null) return null;
    const credentialId = Buffer.from(response.id, 'base64url');
    const stored = await this.sql.first(passkeyByCredential, { credentialId });
    if (stored === null) return null;
    const { rpID, origin } = this.site();
    // A response that fails verification matches no account, whatever the reason.
    const result = await (
      await webauthn()
    )
      .verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        credential: credentialOf(stored),
        requireUserVerification: true,
      })
      .catch(() => null);
    if (result?.verified !== true) return null;
    const counter = result.authenticationInfo.newCounter;
    // A counter that did not increase may belong to a cloned authenticator.
    const used = await this.sql.first(usePasskey, {
      id: stored.id,
      counter,
      now: this.clock.now(),
    });
    return used === null ? null : stored.memberId;
  }

  async rename(viewer: Viewer, id: string, name: string): Promise<void> {
    await this.sql.rows(renamePasskey, { memberId: viewer.memberId, id, name });
  }

  async remove({ memberId }: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const count = await executeIn(
        tx,
        'delete from passkeys where id = :id and member_id = :memberId',
        { id, memberId },
      );
      if (count > 0) await this.secondFactor.removed(tx, memberId, 'passkey-off');
    });
  }

  private async store(
    viewer: Viewer,
    name: string,
    credential: WebAuthnCredential,
  ): Promise<string[] | null> {
    const { memberId } = viewer;
    const codes = await this.secondFactor.codesFor(memberId);
    return this.database.inTransaction(async (tx) => {
      const added = await queryIn(
        tx,
        `
          insert into passkeys (member_id, credential_id, public_key, counter, transports, name,
            created_at)
          select :memberId, :credentialId, :publicKey, :counter, :transports, :name, :now
          where (select count(*) from passkeys where member_id = :memberId) < :most
          returning id
        `,
        {
          memberId,
          credentialId: Buffer.from(credential.id, 'base64url'),
          publicKey: Buffer.from(credential.publicKey),
          counter: credential.counter,
          transports: credential.transports ?? [],
          name,
          now: this.clock.now(),
          most: MAX_PASSKEYS,
        },
      );
      if (added.length === 0) throw new FieldError('name', 'accounts.error.passkeys-many');
      return this.secondFactor.added(tx, viewer, 'passkey', codes);
    });
  }

  private site(): { rpID: string; origin: string } {
    const { hostname, origin } = new URL(this.config.baseUrl);
    return { rpID: hostname, origin };
  }
}

function credentialOf(stored: StoredPasskey): WebAuthnCredential {
  return {
    id: stored.credentialId.toString('base64url'),
    publicKey: new Uint8Array(stored.publicKey),
    counter: Number(stored.counter),
    transports: stored.transports,
  };
}

/** Only values with the shape of a response are passed to the library. */
function parsed<T extends { id: string }>(answer: string): T | null {
  try {
    const value = JSON.parse(answer) as Partial<T> | null;
    return typeof value?.id === 'string' ? (value as T) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function unfit(): FieldError {
  return new FieldError('name', 'accounts.error.passkey');
}
