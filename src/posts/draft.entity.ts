import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What somebody is writing, one for each form. */
@Entity('drafts')
@Check(
  'drafts_place_check',
  "place ~ '^/(c/[a-z0-9-]+/threads|t/[0-9]+/replies|posts/[0-9]+/edit)$'",
)
export class Draft {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey('members', { onDelete: 'CASCADE' })
  memberId!: string;

  @PrimaryColumn({ type: 'text' })
  place!: string;

  @Column({ type: 'jsonb' })
  fields!: Record<string, unknown>;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
