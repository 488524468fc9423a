import { IsBoolean, IsIn, Length } from 'class-validator';
import { Checkbox, IdempotencyKey } from '../http/fields.js';
import { FEED_SCOPES, type FeedScope } from './feed-scope.js';

export class PrivateFeedForm {
  @Length(1, 60, { message: 'feeds.error.name' })
  name = '';

  @IsIn(FEED_SCOPES, { message: 'feeds.error.scope' })
  scope: FeedScope = 'communities';

  @Checkbox()
  @IsBoolean()
  titles = false;

  @IdempotencyKey()
  idempotencyKey = '';
}
