import { In, IsNull, Not } from 'typeorm';
import type { Tx } from '../../kernel/database.js';
import { MailChoice } from './mail-choice.entity.js';
import type { Choice, Frequency } from './mail-choices.js';
import type { MailKind } from './notice-kinds.js';

/** Upserts choices, by kind and community. */
export async function saveChoices(
  tx: Tx,
  memberId: string,
  choices: readonly Choice[],
): Promise<void> {
  if (choices.length === 0) return;
  const rows = choices.map((choice) => ({ memberId, ...choice }));
  await tx.getRepository(MailChoice).upsert(rows, ['memberId', 'kind', 'communityId']);
}

/** Deletes choices about single communities with these kinds and frequencies. */
export async function deleteCommunityChoices(
  tx: Tx,
  memberId: string,
  kinds: readonly MailKind[],
  frequencies: readonly Frequency[],
): Promise<void> {
  await tx.getRepository(MailChoice).delete({
    memberId,
    communityId: Not(IsNull()),
    kind: In(kinds),
    frequency: In(frequencies),
  });
}
