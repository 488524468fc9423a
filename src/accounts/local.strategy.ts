import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { asTyped } from '../http/form.js';
import { Credentials, type KnownMember } from './credentials.js';

/** Address and password, as the log-in form sends them. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: Credentials) {
    super({ usernameField: 'email', passwordField: 'password' });
  }

  async validate(email: string, password: string): Promise<KnownMember | false> {
    // The library reads the body as it was sent; the password was stored as a form read it.
    return (await this.credentials.check(asTyped(email), asTyped(password))) ?? false;
  }
}

/** @returns null for a wrong password and for an address that nobody has alike */
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
