import { IsString, MaxLength } from 'class-validator';

export class PushDeviceForm {
  /** URL at which this browser's push service accepts messages; filled in by a script. */
  @IsString({ message: 'notifications.devices.unknown' })
  @MaxLength(1_000, { message: 'notifications.devices.unknown' })
  endpoint = '';
}
