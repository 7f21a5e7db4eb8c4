/**
 * Makes Dawn ask a software driver for news once a millisecond, and no longer in every turn of the event loop. Its
 * polling takes a core away from the driver, which computes on the same ones: on two cores training was 2.4 times
 * slower, and an engine that only waited kept one core busy.
 *
 * Dawn finds `setImmediate` on the global object anew each time, and what it hands over is a native function; all
 * others come through untouched. Returns the way back.
 */
export function pollPatiently(): () => void {
  const { setImmediate: original } = globalThis;
  const patient = (callback: (...args: unknown[]) => void, ...args: unknown[]): unknown =>
    isNative(callback) ? setTimeout(callback, 1, ...args) : original(callback, ...args);
  // With its promisified version, which Node keeps as a property.
  const replaced: typeof setImmediate = Object.assign(patient as typeof setImmediate, original);
  globalThis.setImmediate = replaced;
  return () => {
    if (globalThis.setImmediate === replaced) globalThis.setImmediate = original;
  };
}

/** Of a compiled addon: bound functions look the same, and have no prototype. */
function isNative(callback: object): boolean {
  return (
    'prototype' in callback &&
    /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(callback))
  );
}
