import { SCOPES } from '../accounts/access-token-scopes.js';
import { Flag, Text, Texts, Time, Integer } from './documented.js';

export class MeJson {
  @Text('Handle of the member.')
  handle!: string;

  @Flag('The email address is confirmed. Without that, nothing can be posted.')
  verified!: boolean;

  @Text('Language of the member, ISO 639-1; null if they have not chosen one.', {
    nullable: true,
  })
  language!: string | null;

  @Text('Country of the member, ISO 3166-1; null if they have not chosen one.', {
    nullable: true,
  })
  country!: string | null;

  @Text('Time zone of the member; null if they have not chosen one.', { nullable: true })
  timeZone!: string | null;

  @Integer('Unread notifications, at most 100.')
  unread!: number;

  @Time('The member is taking a break until then: do not notify them.', { nullable: true })
  breakUntil!: string | null;

  @Time('Until then, the member can read but not write.', { nullable: true })
  readOnlyUntil!: string | null;

  @Texts('What the token can do.', { values: SCOPES })
  scopes!: string[];
}
