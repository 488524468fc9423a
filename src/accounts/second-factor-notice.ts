import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Layout } from '../http/layout.js';
import { Config } from '../kernel/config.js';

/** Where a moderator learns by when a second factor is needed. */
const AREAS = ['/mod', '/admin', '/settings/security'];

/** What pages show of accounts: until when a moderator needs a second factor, and of log-ins. */
@Injectable()
export class SecondFactorNotice implements OnModuleInit {
  constructor(
    private readonly layout: Layout,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.layout.add((req) => {
      const organisation = this.config.OIDC_ISSUER === undefined ? null : this.config.OIDC_NAME;
      const by = req.viewer?.secondFactorBy ?? null;
      const shown = AREAS.some((area) => req.path === area || req.path.startsWith(`${area}/`));
      if (by === null || !shown || req.i18n === undefined) return { organisation };
      const date = req.i18n.date(by);
      return { organisation, secondFactorDue: req.i18n.t('accounts.second-step.due', { date }) };
    });
  }
}
