/**
 * The server's clock, as this device can tell it: a phone whose clock is wrong shows right hours all the same.
 *
 * Each answer carries the server's hour. What a device's own clock says only informs; it orders nothing.
 */

const KEY = "restitution:clock";
/** An answer's hour is told in whole seconds, and travels: a smaller difference is no difference. */
const NOTICEABLE = 30_000;

let ahead = remembered();

/** Hear the hour that an answer carries: asked for at `asked`, both in milliseconds. */
export function hear(serverTime: number | null, asked: number, now = Date.now()): void {
  if (serverTime === null) return;
  const measured = (asked + now) / 2 - (serverTime + 500);
  const found = Math.abs(measured) < NOTICEABLE ? 0 : measured;
  if (Math.abs(found - ahead) < NOTICEABLE && found !== 0) return;
  if (found === ahead) return;
  ahead = found;
  try {
    localStorage.setItem(KEY, String(Math.round(ahead)));
  } catch {
    // It will be measured again.
  }
}

/** How far this device's clock is ahead of the server's, in milliseconds; 0 when they agree. */
export function clockAhead(): number {
  return ahead;
}

/** Return the hour that an answer carries, in milliseconds. */
export function timeOf(response: Response): number | null {
  const time = Date.parse(response.headers.get("Date") ?? "");
  return Number.isNaN(time) ? null : time;
}

function remembered(): number {
  try {
    const kept = Number(localStorage.getItem(KEY));
    return Number.isFinite(kept) ? kept : 0;
  } catch {
    return 0;
  }
}
