import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Community } from './community.entity.js';

/** One version of a community’s guidelines; earlier versions are kept. */
@Entity('community_guidelines')
export class CommunityGuidelines {
  @PrimaryColumn({ type: 'bigint' })
  @ForeignKey(() => Community, { onDelete: 'CASCADE' })
  communityId!: string;

  @PrimaryColumn({ type: 'int' })
  version!: number;

  @Column({ type: 'text', array: true })
  rules!: string[];

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
