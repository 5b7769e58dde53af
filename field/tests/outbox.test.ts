import { beforeEach, describe, expect, test } from "vitest";
import { base, keep } from "../src/store/database";
import { prune, sendAgain, settle } from "../src/store/answers";
import { everything, lastSeq, lettersLeft, nextUnsent, record, recordAll, unsentCount } from "../src/store/outbox";
import { setPhone } from "../src/store/phone";
import { begin, shut, unlock } from "../src/store/vault";
import { contact } from "../src/sync/engine";
import { type Server, server } from "./server";

let there: Server;
const knock = (household: string) => ({ kind: "doorknock.visited", area: "A", household, data: { outcome: "met" } });

beforeEach(async () => {
  const db = await base();
  for (const store of ["meta", "outbox", "parts"] as const) await db.clear(store);
  there = await server();
  await setPhone(there.phone);
  await begin("482913");
});

describe("recording", () => {
  test("what was recorded is numbered without a gap, also by two windows at once", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => record(there.phone, "W1", knock(`H${n}`))));

    expect((await everything()).map((each) => each.row.seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(await lastSeq()).toBe(40);
  });

  test("several records are kept together or not at all", async () => {
    shut();

    await expect(recordAll(there.phone, "W1", [knock("H1"), knock("H2")])).rejects.toThrow("locked");

    expect(await unsentCount()).toBe(0);
    expect(await lastSeq()).toBe(0);
  });

  test("nothing that is stored holds a name in the clear", async () => {
    await record(there.phone, "W1", { ...knock("H1"), data: { outcome: "met", note: "金丝雀 canary" } });

    const stored = JSON.stringify(await (await base()).getAll("outbox"), (_, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value as ArrayBuffer) : value));

    expect(stored).not.toContain("金丝雀");
    expect(stored).not.toContain("canary");
  });

  test("only the server opens a letter, and it holds the whole record", async () => {
    const kept = await record(there.phone, "W1", knock("H1"));

    const [letter] = await lettersLeft(there.phone.device);

    expect(await there.open(letter!)).toEqual({ seq: 1, ...kept.said });
    await expect(there.open({ ...letter!, seq: 2 })).rejects.toThrow();
  });
});

describe("sending", () => {
  test("everything arrives once, in order, where half of the answers are lost", async () => {
    await recordAll(there.phone, "W1", Array.from({ length: 700 }, (_, n) => knock(`H${n}`)));
    let call = 0;
    there.answered = () => (call += 1) % 2 === 0;

    for (let attempt = 0; attempt < 20 && !(await contact()); attempt += 1);

    expect([...there.events.values()].map((event) => event.seq)).toEqual(Array.from({ length: 700 }, (_, n) => n + 1));
    expect(await unsentCount()).toBe(0);
  });

  test("without a network everything stays, and goes when it is back", async () => {
    there.online = false;
    await record(there.phone, "W1", knock("H1"));

    expect(await contact()).toBe(false);
    expect(await unsentCount()).toBe(1);
    there.online = true;
    expect(await contact()).toBe(true);

    expect(there.events.size).toBe(1);
  });

  test("a hole is sent again; what is on the phone no more is named", async () => {
    await recordAll(there.phone, "W1", [knock("H1"), knock("H2"), knock("H3")]);
    await contact();
    const [, second] = await everything();

    expect(await sendAgain(there.phone, [2, 99])).toEqual([99]);

    expect((await nextUnsent("D-TEST", 10)).map((row) => row.id)).toEqual([second!.said.id]);
  });

  test("a hand-over sends each worker's records as theirs", async () => {
    await record(there.phone, "W1", knock("H1"));
    await record(there.phone, "W2", knock("H2"));

    await contact();

    expect([...there.events.values()].map((event) => event.member)).toEqual(["W1", "W2"]);
  });

  test("a phone that stays locked sends letters", async () => {
    await record(there.phone, "W1", knock("H1"));
    shut();
    expect(await contact()).toBe(true);
    expect(there.letters).toEqual([]);
    const db = await base();
    for (const row of await db.getAll("outbox")) await db.put("outbox", { ...row, made: 0 });

    expect(await contact()).toBe(true);

    expect((await there.open(there.letters[0]!)).household).toBe("H1");
    expect(await unsentCount()).toBe(0);
  });

  test("one record that no push can carry does not hold back the others", async () => {
    const poison = await record(there.phone, "W1", knock("POISON"));
    await record(there.phone, "W1", knock("H2"));
    const post = there.post;
    there.post = (path, body) => {
      const bad = path === "push" && (body.events as { id: string }[]).some((event) => event.id === poison.said.id);
      return bad ? Response.json({ error: "events", text: "no" }, { status: 400 }) : post(path, body);
    };

    await contact();

    expect([...there.events.values()].map((event) => event.household)).toEqual(["H2"]);
    expect(there.letters.map((letter) => letter.seq)).toEqual([1]);
  });

  test("a phone that is enrolled anew counts from one again, and still sends what the former owed", async () => {
    there.online = false;
    await record(there.phone, "W1", knock("H1"));
    await setPhone({ ...there.phone, device: "D-NEW" });
    await begin("735190");
    await record({ ...there.phone, device: "D-NEW" }, "W1", knock("H2"));
    there.online = true;

    await contact();

    expect((await there.open(there.letters[0]!)).household).toBe("H1");
    expect([...there.events.values()].map((event) => [event.seq, event.household])).toEqual([[1, "H2"]]);
  });
});

describe("keeping", () => {
  test("old records go only when the server holds everything up to them", async () => {
    await recordAll(there.phone, "W1", [knock("H1"), knock("H2"), knock("H3")]);
    const [first, second] = await everything();
    await settle([{ id: first!.said.id, status: "accepted" }, { id: second!.said.id, status: "accepted" }]);
    const db = await base();
    for (const row of await db.getAll("outbox")) await db.put("outbox", { ...row, made: 0 });

    await prune("D-TEST", 1);
    expect((await everything()).map((each) => each.row.seq)).toEqual([2, 3]);
    await prune("D-TEST", 3);

    expect((await everything()).map((each) => each.row.seq)).toEqual([3]);
  });

  test("five wrong tries close the phone, counted also where the page was killed", async () => {
    shut();
    for (const left of [4, 3, 2, 1]) expect([left, await unlock("000000")]).toEqual([left, "wrong"]);
    expect(await unlock("000000")).toBe("closed");

    expect(await unlock("482913")).toBe("closed");
  });

  test("the right digits open what was sealed before", async () => {
    await record(there.phone, "W1", knock("H1"));
    shut();

    expect(await unlock("482913")).toBe("open");
    await keep("x", 1);

    expect((await everything())[0]!.said.household).toBe("H1");
  });
});
