import type { NextStep } from '../communities/reply-promise.js';

/** Another thread of the community, as a page links to it. */
export interface LinkedThread {
  readonly id: string;
  readonly title: string;
}

/** A thread that was merged into this one, by the place where its posts begin. */
export interface MergedThread {
  readonly number: number;
  /** Empty if its opening is not shown to the viewer. */
  readonly title: string;
  /** Why a moderator merged it, for those who wrote in the thread and for moderators. */
  readonly reason: string;
}

/** What few threads have: see `threads.has_extras`. */
export interface ThreadExtras {
  /** Number of the last post that left the thread; 0 if none did. */
  readonly lastLeft: number;
  /** The newest update by the thread's author. */
  readonly authorUpdate: { readonly number: number; readonly at: string } | null;
  /** Whether the opening has a poll and the viewer can read it. */
  readonly poll: boolean;
  /** The team's update after a crisis in the thread; '' for the default sentence. */
  readonly teamUpdate: string | null;
  /** The thread that its posts were split from, if the viewer can read it. */
  readonly splitFrom: LinkedThread | null;
  /** The threads that posts of it were split into, of those that the viewer can read. */
  readonly splitInto: LinkedThread[] | null;
  /** The threads that were merged into it. */
  readonly mergedHere: MergedThread[] | null;
  /** Further aliases of the viewer's posts here, which came from other threads. */
  readonly otherAliases: { readonly id: string; readonly name: string }[] | null;
  /** Why a moderator split it off, for those who wrote in it and for moderators; '' otherwise. */
  readonly changeReason: string;
}

export const NO_EXTRAS: ThreadExtras = {
  lastLeft: 0,
  authorUpdate: null,
  poll: false,
  teamUpdate: null,
  splitFrom: null,
  splitInto: null,
  mergedHere: null,
  otherAliases: null,
  changeReason: '',
};

/** What the author of a thread without replies is told. */
export interface OwnWaitingThread {
  /** To whom the viewer's own thread was forwarded while it had no replies. */
  readonly passedOn: 'supporters' | 'team' | null;
  /** The next step for the viewer's own thread while it has no replies. */
  readonly nextStep: NextStep | null;
}

export const NOT_WAITING: OwnWaitingThread = { passedOn: null, nextStep: null };
