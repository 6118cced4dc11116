/**
 * Clock: hybrid logical stamps `<ms>-<counter>-<replica>`.
 *
 * Wall time while it moves on, a counter while it does not, and never behind a stamp already seen: so a later tick
 * on one device beats an earlier one even when the device's clock is set back.
 */

export type Clock = { ms: number; counter: number; replica: string };

type Parts = { ms: number; counter: number; replica: string };

const STAMP = /^(\d{1,15})-(\d{1,9})-(\w{1,32})$/;

/** The parts of a stamp; null when it is none. */
export function parts(stamp: string): Parts | null {
  const found = STAMP.exec(stamp);
  return found ? { ms: Number(found[1]), counter: Number(found[2]), replica: found[3] ?? "" } : null;
}

/** Below 0: a is older. Not the order of the text: `9-0-x` is older than `10-0-x`. */
export function compare(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  if (!left || !right) return left ? 1 : right ? -1 : 0;
  if (left.ms !== right.ms) return left.ms - right.ms;
  if (left.counter !== right.counter) return left.counter - right.counter;
  return left.replica < right.replica ? -1 : left.replica > right.replica ? 1 : 0;
}

/** The next stamp of this device, and the clock that made it. */
export function tick(clock: Clock, now: number): [Clock, string] {
  const next = now > clock.ms ? { ...clock, ms: now, counter: 0 } : { ...clock, counter: clock.counter + 1 };
  return [next, `${next.ms}-${next.counter}-${next.replica}`];
}

// A device whose clock runs ahead must not drag ours along for ever; the server clamps at the same distance.
const LEAD = 60_000;

/** The clock after seeing somebody's stamp: it will not fall behind it, unless the stamp is from the far future. */
export function observe(clock: Clock, stamp: string, now: number): Clock {
  const seen = parts(stamp);
  if (!seen || seen.ms > now + LEAD) return clock;
  if (seen.ms < clock.ms || (seen.ms === clock.ms && seen.counter <= clock.counter)) return clock;
  return { ...clock, ms: seen.ms, counter: seen.counter };
}
