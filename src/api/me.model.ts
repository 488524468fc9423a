import { SCOPES } from '../accounts/access-token-scopes.js';
import { Flag, Text, Texts, Time, Whole } from './documented.js';

export class MeJson {
  @Text('Handle of the member.')
  handle!: string;

  @Flag('The address is confirmed: without it nothing can be posted.')
  verified!: boolean;

  @Text('Language of the member, ISO 639-1; null where they chose none.', { nullable: true })
  language!: string | null;

  @Text('Country of the member, ISO 3166-1; null where they chose none.', { nullable: true })
  country!: string | null;

  @Text('Time zone of the member; null where they chose none.', { nullable: true })
  timeZone!: string | null;

  @Whole('Unread notifications, at most 100.')
  unread!: number;

  @Time('The member takes a break until then: do not call their attention.', { nullable: true })
  breakUntil!: string | null;

  @Time('The member may read and not write until then.', { nullable: true })
  readOnlyUntil!: string | null;

  @Texts('What the token may do.', { values: SCOPES })
  scopes!: string[];
}
