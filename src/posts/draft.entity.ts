import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** An unfinished text, one per member and form. */
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

  /** Incremented by each save. */
  @Column({ type: 'int', default: 1 })
  version!: number;

  /** Key of the form that saved last. */
  @Column({ type: 'text', default: '' })
  formKey!: string;

  /** Fields that other open forms of the same place saved, by form key. */
  @Column({ type: 'jsonb', default: {} })
  others!: Record<string, unknown>;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
