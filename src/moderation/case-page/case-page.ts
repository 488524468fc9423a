import { Injectable } from '@nestjs/common';
import type { FaultyForm } from '../../http/form.js';
import { formView } from '../../http/form-page.js';
import { page, type Page } from '../../http/page.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { CaseAccess } from '../core/case-access.js';
import { caseContext, caseDetail, caseReasons, caseReports } from './case.queries.js';
import {
  caseAppeals,
  caseDecisions,
  caseMessages,
  caseTimeline,
  caseWaiting,
  memberNotes,
  pastDecisions,
  type MemberNoteRow,
  type PastRow,
} from './case-history.queries.js';
import { caseView } from './case.view.js';
import { decideForm } from './decide.view.js';
import { replyTemplatesFor } from '../core/reply-templates.queries.js';

const PAST = 90 * DAY;

export interface CasePageQuery {
  /** The words were asked for by the button. */
  open: boolean;
  /** Why opening the words asks once more. */
  sure?: 'spared' | 'stop';
  faulty?: FaultyForm;
  /** A colleague was quicker. */
  movedOn?: boolean;
}

/** One case with all that helps to decide it. A fixed number of queries. */
@Injectable()
export class CasePage {
  constructor(
    private readonly door: CaseAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async show(viewer: Viewer, i18n: Translator, id: string, wishes: CasePageQuery): Promise<Page> {
    const access = await this.door.load(viewer, id);
    const now = this.clock.now();
    const [
      [detail],
      reasons,
      reports,
      timeline,
      decisions,
      appeals,
      [waiting],
      messages,
      templates,
    ] = await Promise.all([
      this.sql.rows(caseDetail, { id }),
      this.sql.rows(caseReasons, { id }),
      this.sql.rows(caseReports, { id, viewerAdministers: viewer.role === 'admin' }),
      this.sql.rows(caseTimeline, { id }),
      this.sql.rows(caseDecisions, { id, viewerId: viewer.memberId }),
      this.sql.rows(caseAppeals, { id }),
      this.sql.rows(caseWaiting, { id, viewerId: viewer.memberId }),
      this.sql.rows(caseMessages, { id }),
      this.sql.rows(replyTemplatesFor, { tier: access.tier }),
    ]);
    if (detail === undefined || waiting === undefined) throw new NotFound();
    const opened = wishes.open && access.read;
    const handling = access.claimedBy === viewer.memberId;
    const context =
      opened && access.postId !== null ? await this.sql.rows(caseContext, { id }) : [];
    const past: PastRow[] = handling
      ? await this.sql.rows(pastDecisions, { id, since: later(now, -PAST) })
      : [];
    const notes: MemberNoteRow[] =
      handling && detail.handle !== null
        ? await this.sql.rows(memberNotes, { handle: detail.handle })
        : [];
    const form = formView(i18n, wishes.faulty);
    const view = {
      ...caseView(
        {
          access,
          viewer,
          detail,
          reasons,
          reports,
          context,
          timeline,
          past,
          notes,
          decisions,
          appeals,
          waiting,
          messages,
          now,
          opened,
          handling,
          movedOn: wishes.movedOn === true,
        },
        i18n,
      ),
      decide: decideForm(
        { access, detail, form, templates, waiting: waiting.proposal !== null },
        i18n,
      ),
      form,
      sure: wishes.sure === undefined ? null : i18n.t(`moderation.sure.${wishes.sure}`),
      wasCrisis: access.tier === 'crisis',
      handled: decisions.some(({ mine }) => mine),
    };
    return page('moderation/case', view, {
      status: wishes.movedOn === true ? 409 : wishes.faulty === undefined ? 200 : 422,
      titleKey: 'moderation.case.title',
      titleParams: { number: id },
    });
  }
}
