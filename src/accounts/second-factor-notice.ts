import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Layout } from '../http/layout.js';

/** Where a moderator learns by when a second factor is needed. */
const AREAS = ['/mod', '/admin', '/settings/security'];

/** Tells moderators within their grace on the pages of their work. */
@Injectable()
export class SecondFactorNotice implements OnModuleInit {
  constructor(private readonly layout: Layout) {}

  onModuleInit(): void {
    this.layout.add((req) => {
      const by = req.viewer?.secondFactorBy ?? null;
      const shown = AREAS.some((area) => req.path === area || req.path.startsWith(`${area}/`));
      if (by === null || !shown || req.i18n === undefined) return {};
      const date = req.i18n.date(by);
      return { secondFactorDue: req.i18n.t('accounts.second-step.due', { date }) };
    });
  }
}
