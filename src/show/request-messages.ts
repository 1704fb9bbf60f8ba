/** A request from a page: what is asked, and where the answer goes. Comes once for each piece of its bytes. */
export interface FromBrowser {
  /** The page that asks, by a random name: every page hears every answer. */
  readonly from: string;
  /** Counts this page's requests. */
  readonly serial: number;
  readonly topic: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the requests of one lane only the newest is answered; `null`: it stands by itself. */
  readonly lane: string | null;
  /** How long each buffer is that comes along, in bytes. */
  readonly lengths: readonly number[];
  /** Into how many messages their bytes are cut; 0 where there are none. */
  readonly parts: number;
}

/** A part of an answer: how far the work is, or one piece of the result, or why there is none. */
export interface FromKernel {
  readonly to: string;
  readonly serial: number;
  readonly topic: string;
  readonly progress?: Progress;
  /** With the first piece: the plain part, and how long each buffer is. */
  readonly body?: object;
  readonly lengths?: readonly number[];
  /** Into how many messages the buffers' bytes are cut; 0 where there are none. */
  readonly parts?: number;
  readonly error?: string;
}

/** So many of so many are done; `what` names the part at hand. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}
