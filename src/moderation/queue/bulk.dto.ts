import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, Matches, MaxLength } from 'class-validator';
import type { FieldValidationError } from '../../kernel/errors.js';
import { ACTION_FACTS, RULES } from '../core/actions.js';

/** The most cases that are decided at once: a page of the queue. */
export const MAX_TOGETHER = 30;

/** What may be decided for several cases at once: neither needs anything but a rule and a reason. */
export const BULK_ACTIONS = ['dismiss', 'remove'] as const;

/** One decision for several cases. */
export class BulkForm {
  static readonly repeated: readonly string[] = ['case'];

  /** The chosen cases, each as `id.version`. */
  @Matches(/^[1-9]\d{0,17}\.\d{1,9}$/, { each: true, message: 'moderation.bulk.error.none' })
  @ArrayUnique({ message: 'moderation.bulk.error.none' })
  @ArrayMaxSize(MAX_TOGETHER, { message: 'moderation.bulk.error.many' })
  @ArrayMinSize(1, { message: 'moderation.bulk.error.none' })
  case: string[] = [];

  @IsIn(BULK_ACTIONS, { message: 'moderation.error.action' })
  action!: (typeof BULK_ACTIONS)[number];

  /** A key of the site's rules: the cases may be from several communities. */
  @IsIn(['', ...RULES], { message: 'moderation.error.rule' })
  rule = '';

  /** The explanation that each member concerned reads. */
  @MaxLength(4_000, { message: 'moderation.error.reason-long' })
  reason = '';

  /** A restriction needs a rule and a reason, as when it is decided alone. */
  static check({ action, rule, reason }: BulkForm): FieldValidationError[] {
    if (!BULK_ACTIONS.includes(action) || !ACTION_FACTS[action].restricts) return [];
    return [
      ...(reason === '' ? [{ field: 'reason', key: 'moderation.error.reason' }] : []),
      ...(rule === '' ? [{ field: 'rule', key: 'moderation.error.rule' }] : []),
    ];
  }
}
