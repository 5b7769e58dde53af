// A made-up town of flats and a village, for tests of rules.
import type { Kept, Said } from "../src/store/outbox";
import type { Standing } from "../src/store/database";
import { Assignment, type Campaign } from "../src/work/assignment";

const AREA = "430202005001";

export const SWEEP: Campaign = {
  code: "sweep-1", kind: "doorknock", name: "", area: AREA, from: "2026-11-22T00:00:00Z", to: "2026-11-23T00:00:00Z", subject: "household", due: null, excused: [],
};

type Row = [code: string, building: string, unit: string, floor: string, flat: string, group: string];

const FLATS: Row[] = [
  ["F101", "1栋", "1", "1", "101", ""], ["F102", "1栋", "1", "1", "102", ""], ["F201", "1栋", "1", "2", "201", ""], ["F1001", "1栋", "1", "10", "1001", ""],
  ["G101", "1栋", "2", "1", "101", ""],
];
const VILLAGE: Row[] = [["V1", "", "", "", "1", "3"], ["V2", "", "", "", "2", "3"], ["V3", "", "", "", "3", "3"], ["W1", "", "", "", "", ""]];

/** Five flats in two stairways, a group of three houses, one house of no group; one person in each, called after the code. */
export function town(campaign: Campaign = SWEEP, reach: unknown[] = []): Assignment {
  const households = [...FLATS, ...VILLAGE].map(([code, building, unit, floor, flat, group]) => [code, `${code}号`, "", building, unit, floor, flat, group, ""]);
  const persons = households.map(([code]) => [`${code}-1`, code, `住户${code}`, "13800000000", "001X", "", 1950, "f", "resident", "户主", []]);
  return new Assignment(new Map<string, unknown>([["campaigns", [campaign]], [`register:${AREA}`, { households, persons }], ["reach", reach]]));
}

let seq = 0;

/** A record of this phone. */
export function kept(said: Partial<Said> & { kind: string }, standing: Standing = "unsent", made = 0): Kept {
  seq += 1;
  const full: Said = { id: `id-${seq}`, at: `2026-11-22T08:${String(seq % 60).padStart(2, "0")}:00.000Z`, area: AREA, data: {}, ...said };
  return { said: full, row: { seq, id: full.id, member: "W1", made, standing } as Kept["row"] };
}

export const visited = (household: string, outcome: string, more: Partial<Said> = {}) => kept({ kind: "doorknock.visited", household, data: { outcome }, ...more });

export const found = (data: Record<string, unknown>, standing: Standing = "unsent", made = 0) => kept({ kind: "registry.found", data }, standing, made);
