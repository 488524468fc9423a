import { ArrayMinSize, ArrayUnique, IsArray, IsIn, Length } from 'class-validator';
import { IdempotencyKey } from '../http/fields.js';
import { SCOPES, TOKEN_DAYS, type Scope } from './access-token-scopes.js';

export class NewAccessToken {
  static readonly repeated: readonly string[] = ['scopes'];

  @Length(1, 60, { message: 'apps.error.name' })
  name = '';

  @IsArray({ message: 'apps.error.scopes' })
  @ArrayMinSize(1, { message: 'apps.error.scopes' })
  @ArrayUnique({ message: 'apps.error.scopes' })
  @IsIn(SCOPES, { each: true, message: 'apps.error.scopes' })
  scopes: Scope[] = [];

  @IsIn(TOKEN_DAYS, { message: 'apps.error.days' })
  days: (typeof TOKEN_DAYS)[number] = '90';

  @IdempotencyKey()
  idempotencyKey = '';
}
