/** What both threads see at once, in shared memory, since letters wait while a cell blocks. */
export const Flag = {
  /** One of `Phase`. */
  phase: 0,
  /** 1 from an interrupt's beginning until the main thread has heard of it. */
  interrupt: 1,
  /** 1 while the main thread is held still, to be terminated. */
  parked: 2,
  /** One of `Release`. */
  release: 3,
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
  /** In the compiler, which never recovers from a termination. */
  compiling: 1,
  /** In user code. */
  running: 2,
} as const;

/** What becomes of the main thread while it is held still. */
export const Release = {
  no: 0,
  terminate: 1,
  goOn: 2,
} as const;

/** @returns the shared memory, as both threads read it */
export function newFlags(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Object.keys(Flag).length * Int32Array.BYTES_PER_ELEMENT));
}
