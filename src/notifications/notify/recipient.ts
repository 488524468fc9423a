import type { NoticeKindName } from '../preferences/notice-kinds.js';

/** Whom to notify, and of which post or subject. */
export interface Recipient {
  readonly memberId: string;
  readonly postId?: string;
  readonly subjectId?: string;
}

/** Where the kind of notice depends on the recipient or on what was decided. */
export interface RecipientOfKind extends Recipient {
  readonly kind: NoticeKindName;
}
