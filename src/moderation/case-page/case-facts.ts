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

/** What the page of a case is made from. */
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
  /** The text is open. */
  opened: boolean;
  /** The viewer has claimed the case. */
  handling: boolean;
  /** A colleague acted first. */
  movedOn: boolean;
}
