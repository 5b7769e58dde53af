import { describe, expect, test } from "vitest";
import { foundCode, withFound } from "../src/work/found";
import { dueOf, progressOf, reachOf } from "../src/work/reached";
import { SWEEP, found, kept, town, visited } from "./town";

const boat = () => found({ what: "household", name: "船家", landmark: "渡口旧船坞" });

describe("a household that no list knows", () => {
  test("is on the phone at once, last in the order, and due", () => {
    const given = town();
    const find = boat();
    const all = withFound(given, [find]);

    expect(all.households.get(foundCode(find.said))).toMatchObject({ head: "船家", landmark: "渡口旧船坞", area: SWEEP.area, persons: [] });
    expect(dueOf(SWEEP, all)).toEqual([...dueOf(SWEEP, given), foundCode(find.said)]);
    expect(given.households.has(foundCode(find.said))).toBe(false);
  });

  test("is due in a sweep that names its households too, and not in one of persons who are named", () => {
    const find = boat();
    const all = withFound(town(), [find]);

    expect(dueOf({ ...SWEEP, due: ["V2"] }, all)).toEqual(["V2", foundCode(find.said)]);
    expect(dueOf({ ...SWEEP, subject: "person", due: ["V2-1"] }, all)).toEqual(["V2-1"]);
  });

  test("counts as done after a visit before any contact", () => {
    const find = boat();
    const own = [find, visited(foundCode(find.said), "met")];
    const all = withFound(town(), own);

    expect(progressOf(SWEEP, dueOf(SWEEP, all), reachOf(SWEEP, all, own))).toEqual({ due: 10, done: 1, cannot: 0, left: 9 });
  });

  test("is gone when the find is taken back", () => {
    const find = boat();
    const back = kept({ kind: "ledger.voided", corrects: find.said.id, data: { reason: "undone" } });
    const given = town();

    expect(withFound(given, [find, back])).toBe(given);
  });

  test("stands once where the register has it already", () => {
    const find = boat();
    const given = withFound(town(), [find]);

    expect(withFound(given, [find])).toBe(given);
  });

  test("stays until a register came that was made with it, and goes where that has it no more", () => {
    const given = town();
    const find = found({ what: "household", landmark: "桥头" }, "accepted", 1_000);

    expect(withFound(given, [find], 900).households.size).toBe(10);
    expect(withFound(given, [find], 1_100)).toBe(given);
  });

  test("leaves the assignment the same object while nothing more is found", () => {
    const given = town();
    const own = [boat()];

    expect(withFound(given, [...own, visited("V1", "met")])).toBe(withFound(given, own));
    expect(withFound(given, [...own, boat()])).not.toBe(withFound(given, own));
  });
});

describe("a person whom no list knows", () => {
  test("lives in the household at whose door they were found", () => {
    const find = found({ what: "person", household: "V1", name: "李 桂兰", id_no: "99000019500101001x", phone: "139" });
    const given = town();
    const all = withFound(given, [find]);

    expect(all.households.get("V1")!.persons.map((each) => each.name)).toEqual(["住户V1", "李 桂兰"]);
    expect(all.persons.get(foundCode(find.said))).toMatchObject({ born: 1950, tail: "001X", phone: "139", folded: "李桂兰" });
    expect(given.households.get("V1")!.persons).toHaveLength(1);
  });

  test("gives a household that was found its name", () => {
    const home = found({ what: "household", landmark: "桥头" });
    const all = withFound(town(), [home, found({ what: "person", household: foundCode(home.said), name: "周海燕" })]);

    expect(all.households.get(foundCode(home.said))).toMatchObject({ head: "周海燕", landmark: "桥头" });
  });

  test("may sleep without a household", () => {
    const find = found({ what: "person", name: "无名" });

    expect(withFound(town(), [find]).persons.get(foundCode(find.said))).toMatchObject({ household: "", area: SWEEP.area });
  });
});
