import { Injectable } from '@nestjs/common';
import type { InvalidForm } from '../../http/form.js';
import { textOf } from '../../http/form-values.js';
import { formView, type FormView } from '../../http/form-page.js';
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
import { caseView, type CaseView } from './case.view.js';
import { decideForm, type DecideFormView } from './decide.view.js';
import { replyTemplatesFor, type ReplyTemplateRow } from '../core/reply-templates.queries.js';

const PAST = 90 * DAY;

export interface CasePageQuery {
  /** Whether the button that opens the text was pressed. */
  open: boolean;
  /** Why opening the text asks for confirmation. */
  sure?: 'spared' | 'stop';
  faulty?: InvalidForm;
  /** The id of a reply template to append to the message. */
  template?: string;
  /** A colleague acted first: the page answers with 409. */
  movedOn?: boolean;
}

interface CasePageView extends CaseView {
  decide: DecideFormView | null;
  form: FormView;
  sure: string | null;
  wasCrisis: boolean;
  /** The viewer took a decision in the case. */
  handled: boolean;
}

/** Loads the page of one case with everything needed to decide it, in a fixed number of queries. */
@Injectable()
export class CasePage {
  constructor(
    private readonly caseAccess: CaseAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async show(viewer: Viewer, i18n: Translator, id: string, query: CasePageQuery): Promise<Page> {
    const access = await this.caseAccess.load(viewer, id);
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
    const opened = query.open && access.read;
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
    const form = formView(i18n, withTemplate(query, templates));
    const view: CasePageView = {
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
          movedOn: query.movedOn === true,
        },
        i18n,
      ),
      decide: decideForm(
        { access, detail, form, templates, waiting: waiting.proposal !== null },
        i18n,
      ),
      form,
      sure: query.sure === undefined ? null : i18n.t(`moderation.sure.${query.sure}`),
      wasCrisis: access.tier === 'crisis',
      handled: decisions.some(({ mine }) => mine),
    };
    return page('moderation/case', view, {
      status: statusOf(query),
      titleKey: 'moderation.case.title',
      titleParams: { number: id },
      skip: view.decide === null ? undefined : { href: '#decide', key: 'moderation.decide.title' },
    });
  }
}

// Choosing a template is not an attempt to decide, so the form is not reported as faulty yet.
function statusOf({ movedOn, faulty, template }: CasePageQuery): 200 | 409 | 422 {
  if (movedOn === true) return 409;
  return faulty === undefined || template !== undefined ? 200 : 422;
}

function withTemplate(
  { faulty, template }: CasePageQuery,
  templates: readonly ReplyTemplateRow[],
): InvalidForm | undefined {
  const body = templates.find(({ id }) => id === template)?.body;
  if (faulty === undefined || body === undefined) return faulty;
  const typed = textOf(faulty.values.message);
  const message = typed.trim() === '' ? body : `${typed}\n\n${body}`;
  return { ...faulty, values: { ...faulty.values, message } };
}
