import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** Milliseconds that a name server has for an answer, and how often it is asked. */
const PATIENCE = { timeout: 5_000, tries: 2 };

/** Asks the machine's name servers; tests replace it. */
@Injectable()
export class NameServers {
  /** @returns the TXT records of a name, each in pieces */
  txt(name: string): Promise<string[][]> {
    return new Resolver(PATIENCE).resolveTxt(name);
  }
}
