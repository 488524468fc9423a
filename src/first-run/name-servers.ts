import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** Timeout in milliseconds for a DNS query, and the number of attempts. */
const LOOKUP_LIMITS = { timeout: 5_000, tries: 2 };

/** Queries the system's DNS resolver; replaced in specs. */
@Injectable()
export class NameServers {
  /** @returns the TXT records of a name, each as a list of chunks */
  txt(name: string): Promise<string[][]> {
    return new Resolver(LOOKUP_LIMITS).resolveTxt(name);
  }
}
