import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { describeError, Logger } from '../kernel/logger.js';
import { isLoopbackHost } from '../kernel/network.js';
import { openJson, sealJson } from '../kernel/sealed.js';

export const ORGANISATION_CALLBACK = '/login/organisation/back';
/** Milliseconds from the redirect to the callback, and from there to the chosen handle. */
const LIFETIME = 20 * MINUTE;
/** Seconds that the provider may take to answer. */
const TIMEOUT_SECONDS = 10;

/** State stored in the browser between the redirect and the callback. */
export interface Journey {
  verifier: string;
  state: string;
  nonce: string;
  next: string;
}

interface Sealed<T> {
  value: T;
  until: number;
}

/**
 * Log-in with an organisation's OpenID Connect provider: authorisation code flow with PKCE, state
 * and nonce. Requests only the scope `openid`, and reads only the subject.
 */
@Injectable()
export class OrganisationClient {
  private discovered: Promise<oidc.Configuration> | null = null;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  get enabled(): boolean {
    return this.config.OIDC_ISSUER !== undefined;
  }

  /**
   * @returns the provider's URL and the state for the browser; null if the provider is unreachable
   */
  async start(next: string): Promise<{ address: string; journey: string } | null> {
    const config = await this.provider().catch((error: unknown) => {
      if (!isAway(error)) throw error;
      this.logger.error('the provider of OIDC_ISSUER does not answer', describeError(error));
      return null;
    });
    if (config === null) return null;
    const verifier = oidc.randomPKCECodeVerifier();
    const journey = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce(), next };
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: `${this.config.baseUrl}${ORGANISATION_CALLBACK}`,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: journey.state,
      nonce: journey.nonce,
    });
    return { address: address.href, journey: this.seal('journey', journey) };
  }

  /** @returns null if the cookie is missing, was modified, or has expired */
  journey(cookie: string | undefined): Journey | null {
    return this.open<Journey>('journey', cookie);
  }

  /**
   * @param path of the callback, with the provider's query
   * @returns the digest of the subject, or null if the provider or the person refused
   */
  async finish(journey: Journey, path: string): Promise<Buffer | null> {
    const config = await this.provider();
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(path, this.config.baseUrl), {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) return null;
      return createHash('sha256').update(`${claims.iss}\0${claims.sub}`).digest();
    } catch (error) {
      if (isRefusal(error) || isAway(error)) return null;
      throw error;
    }
  }

  /** Encrypts the identity for the form in which a new member chooses a handle. */
  sealIdentity(digest: Buffer): string {
    return this.seal('identity', digest.toString('base64url'));
  }

  openIdentity(ticket: string): Buffer | null {
    const digest = this.open<string>('identity', ticket);
    return digest === null ? null : Buffer.from(digest, 'base64url');
  }

  private provider(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      // The next log-in tries the discovery again.
      this.discovered = null;
      throw error;
    });
    return this.discovered;
  }

  private async discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = this.config;
    const issuer = new URL(OIDC_ISSUER);
    const insecure =
      !this.config.production && issuer.protocol === 'http:' && isLoopbackHost(issuer.hostname);
    return oidc.discovery(
      issuer,
      OIDC_CLIENT_ID,
      undefined,
      oidc.ClientSecretBasic(OIDC_CLIENT_SECRET),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          // By default the library does not verify an ID token's signature if it arrived over TLS.
          oidc.enableNonRepudiationChecks,
          // For a provider on this machine, in development only.
          // eslint-disable-next-line @typescript-eslint/no-deprecated
          ...(insecure ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
  }

  private seal(context: string, value: unknown): string {
    const sealed: Sealed<unknown> = { value, until: this.clock.ms() + LIFETIME };
    return sealJson(this.config.secret, { key: 'organisation', context }, sealed);
  }

  private open<T>(context: string, text: string | undefined): T | null {
    const purpose = { key: 'organisation', context };
    const sealed = openJson<Sealed<T>>(this.config.secrets, purpose, text ?? '');
    return sealed !== null && sealed.until > this.clock.ms() ? sealed.value : null;
  }
}

/** Whether the provider is unreachable, or something else answers in its place. */
function isAway(error: unknown): boolean {
  return (
    error instanceof oidc.ClientError ||
    (error instanceof TypeError && error.message === 'fetch failed')
  );
}

/** Whether the provider's response is a refusal or does not validate. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError
  );
}
