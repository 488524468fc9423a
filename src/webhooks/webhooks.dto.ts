import { ArrayNotEmpty, ArrayUnique, IsIn, Length, MaxLength } from 'class-validator';
import { WEBHOOK_TYPES, type WebhookType } from './webhook-types.js';

/** A form whose answer shows a new signing key. */
export class KeyForm {
  @MaxLength(100, { message: 'forms.error.invalid' })
  idempotencyKey = '';
}

export class EndpointForm extends KeyForm {
  static readonly repeated = ['events'];

  @Length(1, 300, { message: 'webhooks.error.address' })
  address = '';

  @IsIn(WEBHOOK_TYPES, { each: true, message: 'webhooks.error.events' })
  @ArrayUnique({ message: 'webhooks.error.events' })
  @ArrayNotEmpty({ message: 'webhooks.error.events' })
  events: WebhookType[] = [];
}

export class EndpointSwitch {
  @IsIn(['on', 'off'], { message: 'forms.error.invalid' })
  to: 'on' | 'off' = 'off';
}
