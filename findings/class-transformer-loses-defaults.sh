#!/usr/bin/env bash
# The default value of a field is lost if the field is exposed and was not sent.
. "$(dirname "$0")/lib.sh"

packages class-transformer@0.5.1 reflect-metadata@0.2.2
expected "a field that was not sent keeps the default value from its class"
seen "an exposed field becomes undefined, unless exposeDefaultValues is set"

javascript <<'JS'
import 'reflect-metadata';
import { Expose, plainToInstance } from 'class-transformer';

class Settings {
  language = 'en';
  digest = 'weekly';
}
Expose()(Settings.prototype, 'digest');
for (const options of [{}, { exposeDefaultValues: true }]) {
  const { language, digest } = plainToInstance(Settings, {}, options);
  console.log(JSON.stringify(options), `language ${language}, digest ${digest}`);
}
JS

shows <<'OUT'
{} language en, digest undefined
{"exposeDefaultValues":true} language en, digest weekly
OUT
