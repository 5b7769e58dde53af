// Which door comes next.
import type { Section } from "./sections";

/** The next door that is wanted: on in this section, then what was passed over in it, then the sections that follow, then those before. */
export function nextDoor(sections: Section[], from: string | undefined, isWanted: (code: string) => boolean): string | undefined {
  const codes = sections.map((section) => section.homes.map((home) => home.code));
  const at = from === undefined ? -1 : codes.findIndex((each) => each.includes(from));
  if (at < 0) return codes.flat().find(isWanted);
  const own = codes[at]!;
  const place = own.indexOf(from!);
  const rest = [...codes.slice(at + 1), ...codes.slice(0, at)].flat();
  return [...own.slice(place + 1), ...own.slice(0, place), ...rest].find(isWanted);
}

/** The doors of a floor for which "nobody home" can be said at once: those to do, and those where nobody was home before. */
export function emptyHanded(codes: string[], state: (code: string) => string | undefined): string[] {
  return codes.filter((code) => ["todo", "absent"].includes(state(code) ?? ""));
}
