import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Community } from './community.entity.js';
import type { CommunityRole } from './community-access.js';

/** A membership, a request for one, or a visit, by `state`. */
@Entity('memberships')
@Check(
  'memberships_role_check',
  "role in ('member', 'alumni', 'supporter', 'professional', 'moderator')",
)
@Check('memberships_state_check', "state in ('active', 'asked', 'visiting')")
@Check('memberships_visit_ends', "(state = 'visiting') = (expires_at is not null)")
@Index('memberships_asked', ['communityId'], { where: "state = 'asked'" })
@Index('memberships_looking_after', ['communityId'], { where: "role <> 'member'" })
@Index('memberships_member', ['memberId'])
@Index('memberships_visits', ['expiresAt'], { where: "state = 'visiting'" })
export class MembershipRow {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey(() => Community, { onDelete: 'CASCADE' })
  communityId!: string;

  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @Column({ type: 'text', default: 'member' })
  role!: CommunityRole;

  @Column({ type: 'text', default: 'active' })
  state!: 'active' | 'asked' | 'visiting';

  @Column({ type: 'text', default: '' })
  note!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  joinedAt!: Date;

  /** Since when the member's posts are no longer held as first posts. */
  @Column({ type: 'timestamptz', nullable: true })
  trustedAt!: Date | null;

  /** The end of a visit. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
}
