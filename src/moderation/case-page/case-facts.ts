import type { Viewer } from '../../http/viewer.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail, CaseReasonRow, ContextRow, ReportRow } from './case.queries.js';
import type {
  AppealRow,
  CaseDecisionRow,
  MemberNoteRow,
  MessageRow,
  PastRow,
  TimelineRow,
  WaitingRow,
} from './case-history.queries.js';

/** The data from which the page of a case is built. */
export interface CaseFacts {
  access: AccessibleCase;
  viewer: Viewer;
  detail: CaseDetail;
  reasons: CaseReasonRow[];
  reports: ReportRow[];
  context: ContextRow[];
  timeline: TimelineRow[];
  past: PastRow[];
  notes: MemberNoteRow[];
  decisions: CaseDecisionRow[];
  appeals: AppealRow[];
  waiting: WaitingRow;
  messages: MessageRow[];
  now: Date;
  /** The viewer has opened the text. */
  opened: boolean;
  /** The viewer has claimed the case. */
  handling: boolean;
  /** A colleague acted first, so the form is out of date. */
  movedOn: boolean;
}
