import type { Credentials } from '../../src/accounts/credentials.js';
import type { Viewer } from '../../src/http/viewer.js';
import type { Translator } from '../../src/i18n/translator.js';
import { DAY, later } from '../../src/kernel/clock.js';
import { Config } from '../../src/kernel/config.js';
import { SafetyPlans } from '../../src/safety-plans/safety-plans.js';
import { CheckIns } from '../../src/toolkit/check-ins/check-ins.service.js';
import type { CheckIn } from '../../src/toolkit/check-ins/check-ins.view.js';
import { PrivateLock } from '../../src/toolkit/core/private-lock.service.js';
import { DayForm } from '../../src/toolkit/core/toolkit.dto.js';
import { ToolkitReader } from '../../src/toolkit/items/toolkit-reader.service.js';
import { ToolkitHome } from '../../src/toolkit/pages/toolkit-home.service.js';
import { Vault } from '../../src/vault/vault.js';
import type { TestDatabase } from './database.js';

/** The vault of a test database. @param secret of at least 32 characters */
export function testVault({ sql, clock }: TestDatabase, secret = 's'.repeat(32)): Vault {
  return new Vault(Object.assign(new Config(), { SECRET_KEY: secret }), sql, clock);
}

/** The toolkit's first page. Its lock checks no passwords. */
export function testToolkitHome({ database, sql, clock }: TestDatabase, vault: Vault): ToolkitHome {
  const plans = new SafetyPlans(database, sql, vault, clock);
  const lock = new PrivateLock(sql, clock, {} as Credentials);
  return new ToolkitHome(sql, vault, plans, lock, new ToolkitReader(sql, vault));
}

export interface TestCheckIns {
  readonly service: CheckIns;
  /** Creates a check-in about the day. */
  ofDay(who: Viewer, values: Partial<DayForm>): Promise<void>;
  /** The member's own check-ins of the last day. */
  list(who: Viewer): Promise<CheckIn[]>;
}

export function testCheckIns(db: TestDatabase, vault: Vault, i18n: Translator): TestCheckIns {
  const service = new CheckIns(db.database, db.sql, vault, db.clock);
  return {
    service,
    ofDay: (who, values) => service.ofDay(who, Object.assign(new DayForm(), values)),
    list: (who) => {
      const now = db.clock.now();
      return service.list(who, { since: later(now, -DAY), until: later(now, DAY), limit: 9 }, i18n);
    },
  };
}
