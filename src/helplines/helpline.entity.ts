import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { HelplineTopic } from './helpline-rows.js';

/** A helpline added by administrators, or a bundled one that they edited. */
@Entity('helplines')
@Check('helplines_country_check', "country ~ '^[A-Z]{2}$'")
@Check('helplines_key_check', "key ~ '^[a-z0-9][a-z0-9-]{1,80}$'")
@Check('helplines_name_check', 'length(name) between 2 and 100')
@Check('helplines_way_check', '(not shown) or (coalesce(phone, sms, chat_url) is not null)')
export class HelplineEntry {
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  country!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ type: 'text', nullable: true })
  sms!: string | null;

  @Column({ type: 'text', nullable: true })
  chatUrl!: string | null;

  @Column({ type: 'text', nullable: true })
  hours!: string | null;

  @Column({ type: 'text', array: true, default: [] })
  languages!: string[];

  @Column({ type: 'text', array: true, default: [] })
  topics!: HelplineTopic[];

  @Column({ type: 'text', default: '' })
  audience!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'boolean', default: true })
  shown!: boolean;

  /** The day on which somebody last compared it with its source, YYYY-MM-DD. */
  @Column({ type: 'date', nullable: true })
  checkedOn!: string | null;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'timestamptz' })
  updatedAt!: Date;
}
