import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An entry of "Help elsewhere". */
@Entity('resources')
@Check('resources_countries_check', 'cardinality(countries) between 1 and 40')
@Check('resources_kind_check', "kind in ('directory', 'professional', 'peer', 'information')")
@Check('resources_languages_check', 'cardinality(languages) between 1 and 20')
@Check('resources_name_check', 'length(name) between 2 and 100')
@Check('resources_slug_check', "slug ~ '^[a-z0-9][a-z0-9-]{1,59}$'")
@Check('resources_summary_check', 'length(summary) between 3 and 300')
@Check('resources_url_check', "(url ~ '^https://[^[:space:]]+$') and (length(url) <= 300)")
@Index('resources_countries', ['countries'], { type: 'gin', where: 'shown' })
export class Resource {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text', unique: true })
  slug!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  kind!: 'directory' | 'professional' | 'peer' | 'information';

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text', array: true })
  countries!: string[];

  @Column({ type: 'text', array: true })
  languages!: string[];

  @Column({ type: 'text', array: true, default: [] })
  needs!: string[];

  /** The day on which somebody last checked it, YYYY-MM-DD. */
  @Column({ type: 'date', nullable: true })
  checkedOn!: string | null;

  @Column({ type: 'boolean', default: true })
  shown!: boolean;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  updatedAt!: Date;
}
