import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Layout } from '../http/layout.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';

/** Where a moderator learns that a second factor is needed, and by when. */
const AREAS = ['/mod', '/admin', '/c', '/settings/security'];

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
      const shown = AREAS.some((area) => req.path === area || req.path.startsWith(`${area}/`));
      const due = shown ? dueText(req.viewer ?? null, req.i18n) : null;
      return due === null ? { organisation } : { organisation, secondFactorDue: due };
    });
  }
}

/** @returns null where nothing is missing */
function dueText(viewer: MaybeViewer, i18n: Translator | undefined): string | null {
  if (viewer === null || i18n === undefined) return null;
  if (viewer.needsSecondFactor) return i18n.t('accounts.second-step.needed');
  if (viewer.secondFactorBy === null) return null;
  return i18n.t('accounts.second-step.due', { date: i18n.date(viewer.secondFactorBy) });
}
