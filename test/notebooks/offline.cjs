/** Preloaded into a notebook's kernel: nothing beyond this machine can be reached, as in a class without a network. */
const { Socket } = require("node:net");

const { connect } = Socket.prototype;
const here = new Set([undefined, "localhost", "127.0.0.1", "::1"]);

Socket.prototype.connect = function connectHere(...args) {
  // Node itself passes all its arguments as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof first === "object" ? first.host : second;
  if (here.has(typeof host === "string" ? host : undefined)) return connect.apply(this, args);
  const error = Object.assign(new Error(`no network: ${host} can't be reached`), { code: "ENETUNREACH" });
  setImmediate(() => this.destroy(error)); // not before its caller listens
  return this;
};
