import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = "'reply', 'follow', 'thread', 'team', 'own'";

/** Members who are mentioned in posts, and how often each wants mails about that. */
export class CreateMentions1795894254564 implements MigrationInterface {
  name = 'CreateMentions1795894254564';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table post_mentions (
        post_id bigint not null references posts on delete cascade,
        member_id bigint not null references members on delete cascade,
        created_at timestamptz not null,
        primary key (post_id, member_id)
      )`);
    await db.query('create index post_mentions_member on post_mentions (member_id)');
    await this.allowKinds(db, `${KINDS}, 'mention'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`delete from mail_choices where kind = 'mention'`);
    await this.allowKinds(db, KINDS);
    await db.query('drop table post_mentions');
  }

  private async allowKinds(db: QueryRunner, kinds: string): Promise<void> {
    await db.query(`
      alter table mail_choices
        drop constraint mail_choices_kind_check,
        add constraint mail_choices_kind_check check (kind in (${kinds}))`);
  }
}
