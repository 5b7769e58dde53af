// The phone's clock, and by how much the server's is ahead of it.
interface Anchor {
  server: number; // what the server's clock read, ms
  steady: number; // what the page's steady clock read at that moment, ms
}

const TOLERANCE_S = 120; // a clock that is off by no more is taken at its word, here as at the server
const MOST_S = 3_653 * 86_400; // a record may tell of an error up to ten years

let anchor: Anchor | undefined;
let keptError: number | undefined; // seconds, from an earlier session

/** Time by the phone's clock, ISO 8601 with the phone's offset. */
export function local(at: number = Date.now()): string {
  const offset = -new Date(at).getTimezoneOffset();
  const sign = offset < 0 ? "-" : "+";
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  return new Date(at + offset * 60_000).toISOString().replace("Z", `${sign}${two(offset / 60)}:${two(Math.abs(offset) % 60)}`);
}

/** What the server's clock read between the two moments of the steady clock at which a request went and its answer came. */
export function heard(server: string, sent: number, received: number): void {
  const read = Date.parse(server);
  if (!Number.isNaN(read)) anchor = { server: read, steady: (sent + received) / 2 };
}

/** The error that an earlier session knew, in seconds, and when the server was last heard, ms by the phone's clock; used until it is
 * heard again. A clock that reads less than it did then was set back (an empty battery, say): by that much at least it is behind. */
export function recall(error: number | undefined, heardAt: number | undefined): void {
  const back = heardAt === undefined ? 0 : (heardAt - Date.now()) / 1_000;
  keptError = back > TOLERANCE_S ? Math.round(((error ?? 0) + back) * 10) / 10 : error;
}

/** Seconds by which the server's clock is ahead of the phone's; undefined where the server was never heard.
 * The steady clock tells it even where somebody sets the phone's clock in the middle of a shift. */
export function clockError(): number | undefined {
  if (!anchor) return keptError;
  const server = anchor.server + (performance.now() - anchor.steady);
  return Math.round((server - Date.now()) / 100) / 10;
}

/** The best that is known of the true time, ms. */
export function now(): number {
  return Date.now() + (clockError() ?? 0) * 1000;
}

/** When something happens that is recorded now: the phone's time and the clock's error. A clock that is off by more than a record may
 * tell (1970, say) is not asked: then it is the server's time, as far as it is known. */
export function stamp(): { at: string; clock_error?: number } {
  const error = clockError();
  if (error === undefined) return { at: local() };
  return Math.abs(error) > MOST_S ? { at: local(now()), clock_error: 0 } : { at: local(), clock_error: error };
}

/** When something was, that this phone recorded, ms: as the server reckons it. */
export function meant(said: { at: string; clock_error?: number }): number {
  const error = said.clock_error ?? 0;
  return Date.parse(said.at) + (Math.abs(error) > TOLERANCE_S ? error * 1_000 : 0);
}

/** The same as a text, ISO 8601. */
export function meantAt(said: { at: string; clock_error?: number }): string {
  return new Date(meant(said)).toISOString();
}

/** The day of a moment at a place whose offset is like "+08:00", as 2026-11-22. */
export function dayAt(offset: string, at: number = now()): string {
  return new Date(at + minutes(offset) * 60_000).toISOString().slice(0, 10);
}

/** The hour and minute of a moment at a place. */
export function timeAt(offset: string, at: number | string): string {
  const moment = typeof at === "string" ? Date.parse(at) : at;
  return new Date(moment + minutes(offset) * 60_000).toISOString().slice(11, 16);
}

/** The month, day, hour and minute of a moment at a place, as 11-23 05:00. */
export function dayTimeAt(offset: string, at: number | string): string {
  const moment = typeof at === "string" ? Date.parse(at) : at;
  return `${dayAt(offset, moment).slice(5)} ${timeAt(offset, moment)}`;
}

/** The hour, and where it is not today also the day, of a moment at a place. */
export function momentAt(offset: string, at: string, today: string): string {
  const day = dayAt(offset, Date.parse(at));
  return day === today ? timeAt(offset, at) : `${day.slice(5)} ${timeAt(offset, at)}`;
}

function minutes(offset: string): number {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(offset);
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
}
