import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { normalizeNewlines } from '../http/form.js';
import { Credentials, type KnownMember } from './credentials.js';

/** Authenticates by email address and password, from the log-in form. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: Credentials) {
    super({ usernameField: 'email', passwordField: 'password' });
  }

  async validate(email: string, password: string): Promise<KnownMember | false> {
    // Passport reads the raw body, while the stored password was normalised by a form.
    return (
      (await this.credentials.check(normalizeNewlines(email), normalizeNewlines(password))) ?? false
    );
  }
}

/** @returns null both for a wrong password and for an unknown address */
export function authenticate(req: Request, res: Response): Promise<KnownMember | null> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown, member: KnownMember | false): void => {
      if (error instanceof Error) reject(error);
      else resolve(member === false ? null : member);
    };
    (
      passport.authenticate('local', { session: false }, done as never) as (
        req: Request,
        res: Response,
        next: () => void,
      ) => void
    )(req, res, () => resolve(null));
  });
}
