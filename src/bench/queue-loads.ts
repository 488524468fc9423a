/**
 * Two days of cases, each with its minute and tier, so that queue orders can be compared under the
 * same load. They are invented until a real queue is recorded. The mix is roughly that of the
 * labelled posts of a peer-support forum (few crisis, a tenth urgent, a quarter watch), with a peak
 * in the evening.
 */
function day(text: string): string[] {
  return text.trim().split(/,\s*/);
}

export const QUIET_DAY = day(`
  00:11 none, 00:29 urgent, 00:31 none, 00:43 watch, 00:47 none, 00:49 watch, 01:01 unknown,
  01:19 watch, 01:26 none, 01:38 none, 01:39 watch, 01:43 none, 02:15 none, 02:46 none,
  02:55 watch, 03:03 none, 03:17 none, 03:23 urgent, 03:24 none, 03:44 none, 03:51 watch,
  04:10 watch, 04:32 none, 04:57 watch, 05:41 none, 06:58 urgent, 07:11 none, 07:12 watch,
  07:27 none, 07:29 none, 07:30 none, 07:30 unknown, 07:44 watch, 07:52 watch, 08:13 none,
  08:22 none, 09:10 watch, 09:37 none, 09:44 crisis, 10:01 watch, 10:06 urgent, 11:03 none,
  11:09 none, 11:10 none, 12:31 none, 13:11 unknown, 13:15 urgent, 13:18 none, 13:57 none,
  14:25 none, 14:43 watch, 15:00 urgent, 15:08 none, 15:26 none, 16:08 watch, 16:11 watch,
  16:12 none, 16:47 crisis, 16:49 none, 16:52 none, 16:58 none, 17:33 urgent, 17:50 none,
  17:57 urgent, 18:04 watch, 18:20 none, 19:06 none, 19:15 urgent, 19:26 urgent, 20:37 watch,
  20:40 none, 20:55 none, 21:01 none, 21:18 watch, 21:24 watch, 21:28 none, 21:33 none,
  22:05 none, 22:16 none, 22:16 watch, 22:29 none, 22:34 none, 22:39 none, 22:44 watch,
  22:47 crisis, 23:22 unknown, 23:40 none
`);

/** A day whose evening brings twelve urgent cases within an hour. */
export const HARD_EVENING = day(`
  00:29 none, 00:34 none, 01:08 none, 01:34 none, 01:52 none, 02:01 none, 02:11 none,
  02:25 none, 02:39 none, 02:53 none, 03:48 unknown, 03:49 watch, 04:37 unknown, 04:45 none,
  05:01 none, 06:01 watch, 06:22 watch, 07:19 none, 07:22 none, 07:35 urgent, 07:35 watch,
  07:50 none, 08:05 crisis, 08:17 watch, 09:17 none, 09:37 urgent, 09:42 none, 10:20 none,
  10:54 none, 11:14 none, 11:36 none, 11:59 watch, 12:41 unknown, 12:52 watch, 13:10 none,
  13:12 none, 13:18 none, 13:30 none, 13:32 urgent, 13:35 none, 13:43 watch, 14:04 urgent,
  14:20 none, 14:33 watch, 14:37 none, 15:02 none, 15:16 urgent, 15:19 none, 15:27 none,
  15:39 none, 16:36 none, 16:37 none, 16:47 none, 17:23 none, 17:26 watch, 17:26 watch,
  17:37 urgent, 17:48 urgent, 17:57 none, 18:17 urgent, 18:21 urgent, 18:30 none, 18:40 unknown,
  18:46 watch, 19:40 watch, 19:44 urgent, 19:53 watch, 20:16 urgent, 20:22 watch, 20:26 none,
  20:34 crisis, 20:49 urgent, 20:55 urgent, 21:02 urgent, 21:09 urgent, 21:15 urgent,
  21:15 urgent, 21:17 urgent, 21:17 urgent, 21:18 watch, 21:28 watch, 21:30 urgent,
  21:30 urgent, 21:31 urgent, 21:35 urgent, 21:50 urgent, 21:54 urgent, 21:55 none, 21:55 watch,
  21:59 urgent, 21:59 watch, 22:00 none, 22:00 none, 22:33 watch, 22:38 none, 22:55 crisis,
  23:10 none, 23:12 watch, 23:15 none, 23:21 watch, 23:24 none, 23:31 none, 23:38 none,
  23:40 crisis
`);
