import type { NoticeKindName } from '../preferences/notice-kinds.js';

/** Whom to notify, and of which post or subject. */
export interface Recipient {
  readonly memberId: string;
  readonly postId?: string;
  readonly subjectId?: string;
}

/** For notices whose kind depends on the recipient or the outcome. */
export interface RecipientOfKind extends Recipient {
  readonly kind: NoticeKindName;
}
