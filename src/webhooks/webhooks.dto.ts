import { ArrayNotEmpty, ArrayUnique, IsIn, Length } from 'class-validator';
import { IdempotentForm } from '../http/fields.js';
import { WEBHOOK_TYPES, type WebhookType } from './webhook-types.js';

export class EndpointForm extends IdempotentForm {
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
