import { describe, expect, test } from "vitest";
import { type DeliveryRow, type IsolationRow, NO_TASK, type Task, deliveriesOf, periodAt, shiftOf, visitsOf } from "../src/work/tasks";
import { kept, voided } from "./records";

const day = { offset: "+08:00", now: Date.parse("2022-03-18T10:00:00+08:00") };
const order = (quantity: number, household = "H1") => kept({ kind: "supplies.ordered", household, data: { pack: "meat", quantity } });
const delivery = (quantity: number, household = "H1") => kept({ kind: "supplies.delivered", household, data: { pack: "meat", quantity } });
const packs = (...rows: DeliveryRow[]): Task<DeliveryRow> => ({ rows, known: [] });
const home = (...periods: string[]): Task<IsolationRow> => ({ rows: [["P1", "home", "2022-03-20", periods]], known: [] });
const check = (period?: string, at?: string) => kept({ kind: "isolation.checked", person: "P1", data: period ? { period } : {} }, at);
const left = (task: Task<DeliveryRow>, own: Parameters<typeof deliveriesOf>[1]) => deliveriesOf(task, own, day).map((each) => [each.household, each.left, each.isToday]);
const periods = (task: Task<IsolationRow>, own: Parameters<typeof visitsOf>[1]) => visitsOf(task, own, day).map((each) => each.periods);

describe("deliveries", () => {
  test("are what the server told, with own records on top", () => {
    expect(left(packs(["H1", "", "meat", 5, 2], ["H2", "", "meat", 1, 0]), [delivery(3)])).toEqual([["H1", 0, true], ["H2", 1, false]]);
  });

  test("count a record once that the server has counted", () => {
    const mine = delivery(1);
    expect(left({ ...packs(["H1", "", "meat", 3, 1]), known: [[mine.said.id, 1]] }, [mine])).toEqual([["H1", 2, false]]);
  });

  test("come back when a delivery is undone, counted by the server or not", () => {
    const mine = delivery(2);
    expect(left(packs(["H1", "", "meat", 2, 0]), [mine, voided(mine)])).toEqual([["H1", 2, false]]);
    expect(left({ ...packs(["H1", "", "meat", 2, 2]), known: [[mine.said.id, 1]] }, [mine, voided(mine)])).toEqual([["H1", 2, true]]);
  });

  test("leave to the server what it knows and does not count", () => {
    const mine = delivery(2);
    expect(left({ ...packs(["H1", "", "meat", 2, 0]), known: [[mine.said.id, 0]] }, [mine])).toEqual([["H1", 2, false]]);
  });

  test("hold an order that this phone took", () => {
    expect(left(NO_TASK, [order(2, "H7")])).toEqual([["H7", 2, false]]);
  });
});

describe("visits to those who isolate", () => {
  test("are done in the period that was said, else by the hour", () => {
    expect(periods(home(), [check(), check("evening")])).toEqual([["morning", "evening"]]);
    expect([periodAt(day), periodAt({ ...day, now: day.now + 7_200_000 })]).toEqual(["morning", "evening"]);
  });

  test("of yesterday do not count", () => {
    expect(periods(home(), [check("morning", "2022-03-17T09:00:00+08:00")])).toEqual([[]]);
  });

  test("that were undone are to do again", () => {
    const mine = check("morning");
    expect(periods({ ...home("morning"), known: [[mine.said.id, 1]] }, [mine, voided(mine)])).toEqual([[]]);
  });

  test("end with a release and with the day", () => {
    expect(visitsOf(home(), [kept({ kind: "isolation.released", person: "P1", data: { reason: "over" } })], day)).toEqual([]);
    expect(visitsOf(home(), [], { ...day, now: Date.parse("2022-03-21T00:00:00+08:00") })).toEqual([]);
    expect(visitsOf(home(), [], { ...day, now: Date.parse("2022-03-20T23:59:00+08:00") })).toHaveLength(1);
  });
});

describe("the shift", () => {
  const into = kept({ kind: "workforce.signed_in", data: { post: "gate" } }, "2022-03-18T08:00:00+08:00");
  const out = kept({ kind: "workforce.signed_out" }, "2022-03-18T09:00:00+08:00");

  test("runs from the sign-in to the sign-out, or to its undoing", () => {
    expect(shiftOf([into], "W1", day)).toBe(into.said);
    expect(shiftOf([into, out], "W1", day)).toBeUndefined();
    expect(shiftOf([into, out, voided(out)], "W1", day)).toBe(into.said);
  });

  test("is nobody else's, and not yesterday's", () => {
    expect(shiftOf([into], "W2", day)).toBeUndefined();
    expect(shiftOf([into], "W1", { ...day, now: day.now + 86_400_000 })).toBeUndefined();
  });
});
