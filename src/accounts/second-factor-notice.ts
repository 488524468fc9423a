import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Layout } from '../http/layout.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';

/** Paths on which a moderator is told that a second factor is required, and by when. */
const AREAS = ['/mod', '/admin', '/c', '/settings/security'];

/**
 * Adds account notices to pages: the deadline for a moderator's second factor, and notices of
 * log-ins.
 */
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

/** @returns null if nothing is missing */
function dueText(viewer: MaybeViewer, i18n: Translator | undefined): string | null {
  if (viewer === null || i18n === undefined) return null;
  if (viewer.needsSecondFactor) return i18n.t('accounts.second-step.needed');
  if (viewer.secondFactorBy === null) return null;
  return i18n.t('accounts.second-step.due', { date: i18n.date(viewer.secondFactorBy) });
}
