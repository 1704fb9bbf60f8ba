/** What both threads see at once, in shared memory, since letters wait while a cell blocks. */
export const Flag = {
  /** One of `Phase`. */
  phase: 0,
  /** 1 from an interrupt's beginning until the main thread has heard of it. */
  interrupt: 1,
  /** One of `Hold`. */
  hold: 2,
  /** Which attempt to hold the main thread still is the last one. */
  round: 3,
  /** 1 when the sockets are closed and the process may end. */
  closed: 4,
  /** How many modules are being loaded, one inside another. */
  loading: 5,
  /** The number of the last interrupt letter that the main thread has read. */
  heard: 6,
  /** How much printed text is on its way and has not left yet, in characters. */
  backlog: 7,
} as const;

/** What the main thread is at. */
export const Phase = {
  waiting: 0,
  /** In what must not be terminated: the compiler, which never recovers, and a cell's last words. */
  uncut: 1,
  /** In user code. */
  running: 2,
} as const;

/** How far the two threads are with holding the main thread still, to terminate what it does. */
export const Hold = {
  free: 0,
  /** The wire wants it. */
  asked: 1,
  /** The main thread stands still; after a while it would go on by itself. */
  parked: 2,
  /** The wire has seen this and is about to terminate; the main thread waits. */
  claimed: 3,
  /** The termination is posted. */
  terminate: 4,
} as const;

/** @returns the shared memory, as both threads read it */
export function newFlags(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Object.keys(Flag).length * Int32Array.BYTES_PER_ELEMENT));
}
