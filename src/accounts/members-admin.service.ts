import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, insertOne, isDuplicate } from '../kernel/database.js';
import { newToken } from '../kernel/ids.js';
import { HANDLE } from './handles.js';
import { Member, type SiteRole } from './member.entity.js';
import { OneTimeTokens } from './one-time-tokens.js';

/** Something the operator can put right, as one line. */
export class OperatorFault extends Error {}

/** What the operator does at the command line. */
@Injectable()
export class MembersAdmin {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: OneTimeTokens,
    private readonly config: Config,
  ) {}

  /** @returns a link, good for an hour, at which the new administrator sets a password */
  async createAdmin(email: string, handle: string): Promise<string> {
    if (!HANDLE.test(handle))
      throw new OperatorFault(
        'A handle has 3 to 24 letters, digits and hyphens, and begins with a letter.',
      );
    try {
      const id = await this.database.inTransaction(async (tx) => {
        const now = this.clock.now();
        const admin = {
          handle,
          email,
          role: 'admin' as const,
          avatarSeed: newToken(9),
          ageConfirmedAt: now,
          guidelinesAcceptedAt: now,
          createdAt: now,
        };
        return insertOne(tx, Member, admin);
      });
      return `${this.config.baseUrl}/reset/${await this.tokens.mint('reset-password', id, email)}`;
    } catch (error) {
      if (isDuplicate(error))
        throw new OperatorFault(
          'That handle or address is taken. To make a member an administrator: npm run admin -- grant --handle NAME --role admin',
        );
      throw error;
    }
  }

  async grant(handle: string, role: SiteRole): Promise<void> {
    const { affected } = await this.database.inTransaction((tx) =>
      tx.getRepository(Member).update({ handle }, { role }),
    );
    if (affected === 0) throw new OperatorFault('Nobody has that handle.');
  }
}
