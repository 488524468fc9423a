import { IsBoolean, IsIn, Length, MaxLength } from 'class-validator';
import { Checkbox } from '../http/fields.js';
import { FEED_SCOPES, type FeedScope } from './feed-scope.js';

export class PrivateFeedForm {
  @Length(1, 60, { message: 'feeds.error.name' })
  name = '';

  @IsIn(FEED_SCOPES, { message: 'feeds.error.scope' })
  scope: FeedScope = 'communities';

  @Checkbox()
  @IsBoolean()
  titles = false;

  @MaxLength(100, { message: 'forms.error.invalid' })
  idempotencyKey = '';
}
