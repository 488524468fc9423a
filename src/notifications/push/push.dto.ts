import { IsString, MaxLength } from 'class-validator';

export class PushDeviceForm {
  /** Where the push service of this browser takes messages; a script fills it in. */
  @IsString({ message: 'notifications.devices.unknown' })
  @MaxLength(1_000, { message: 'notifications.devices.unknown' })
  endpoint = '';
}
