import { statement } from '../kernel/sql.js';

interface AliasBlock {
  memberId: string;
  aliasId: string;
}

export const blockAlias = statement<AliasBlock, object>(
  'posts.block-alias',
  `
    insert into alias_blocks (member_id, alias_id)
    values (:memberId, :aliasId)
    on conflict
    do nothing
  `,
);

export const unblockAlias = statement<AliasBlock, object>(
  'posts.unblock-alias',
  `
    delete from alias_blocks
    where member_id = :memberId and alias_id = :aliasId
  `,
);
