// The phone locks itself whenever it wants to: in the middle of a push, of a pull, of opening. Nothing is lost, and no name comes back.
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { settle } from "../src/store/answers";
import { base, keep, meta, on } from "../src/store/database";
import { everything, record, unsentCount } from "../src/store/outbox";
import { contents } from "../src/store/parts";
import { setPhone } from "../src/store/phone";
import { begin, isOpen, seal, shut, unlock, unseal } from "../src/store/vault";
import { contact, start } from "../src/sync/engine";
import * as duty from "../src/work/duty";
import { type Server, cardText, quiet, server } from "./server";

const DIGITS = "482913";
const REGISTER = {
  households: [["H1", "1组1号", "", "", "", "", "", "1组"]],
  persons: [["P1", "H1", "卢兰利", "19900000001", "0017", "mark", 1962, "女", "resident", "户主", []]],
};
const knock = (household: string) => ({ kind: "doorknock.visited", area: "A", household, data: { outcome: "met" } });
const names = () => [...duty.currentDuty().assignment.persons.values()].map((each) => each.name);
let there: Server;

beforeAll(async () => {
  quiet();
  there = await server();
  await duty.begin();
  await start(duty.heldCard);
  await contact();
});

beforeEach(async () => {
  await duty.lock();
  for (const store of ["meta", "outbox", "parts"] as const) await (await base()).clear(store);
  there = await server();
  await setPhone(there.phone);
  await begin(DIGITS);
  await duty.takeCard(cardText("W1"));
  await duty.opened();
});

/** Does something in the middle of the next request to this door. */
function during(door: string, act: () => void, instead?: (body: Record<string, unknown>) => Response): void {
  const post = there.post;
  there.post = (path, body) => {
    if (path !== door) return post(path, body);
    there.post = post;
    act();
    return instead ? instead(body) : post(path, body);
  };
}

/** A server that has a register for this phone. */
function withRegister(): void {
  const post = there.post;
  const parts = { "register:A": { digest: "d", content: REGISTER } };
  const pulled = { now: new Date().toISOString(), held_to: 0, missing: [], arrival: 1, parts, gone: [], reach: { all: false, rows: [] } };
  there.post = (path, body) => (path === "pull" ? Response.json(pulled) : post(path, body));
}

describe("a phone that locks itself", () => {
  test("in the middle of a push keeps what the server answered, with its sentence", async () => {
    await duty.say(knock("H1"));
    const refused = (body: Record<string, unknown>) => {
      const answers = (body.events as { id: string }[]).map(({ id }) => ({ id, status: "rejected", field: "household", text: "查无此户：卢兰利" }));
      return Response.json({ answers, held_to: 1, missing: [] });
    };
    during("push", () => void duty.lock(), refused);

    expect(await contact()).toBe(false);

    expect(await unsentCount()).toBe(0);
    expect(await unlock(DIGITS)).toBe("open");
    const [row] = await everything();
    expect(row!.row.standing).toBe("rejected");
    expect(await unseal(row!.row.told!)).toBe("查无此户：卢兰利");
  });

  test("between two pushes sends nothing as letters, and goes on when it is open again", async () => {
    await duty.sayAll(Array.from({ length: 300 }, (_, n) => knock(`H${n}`)));
    during("push", () => void duty.lock());

    expect(await contact()).toBe(false);
    expect([there.events.size, there.letters.length, await unsentCount()]).toEqual([200, 0, 100]);
    await unlock(DIGITS);
    await duty.opened();
    await contact();

    expect([there.events.size, there.letters.length, await unsentCount()]).toEqual([300, 0, 0]);
  });

  test("does not say that a record is lost which it only cannot open now", async () => {
    await duty.sayAll([knock("H1"), knock("H2")]);
    await contact();
    const missing = () => Response.json({ answers: [], held_to: 0, missing: [1] });
    await duty.say(knock("H3"));
    during("push", () => void duty.lock(), missing);

    await contact();
    await unlock(DIGITS);
    await duty.opened();

    expect((await everything()).map((each) => each.row.standing)).toEqual(["accepted", "accepted", "unsent"]);
  });

  test("in the middle of a pull takes nothing in, and has it with the next one", async () => {
    withRegister();
    during("pull", () => void duty.lock());

    expect(await contact()).toBe(false);
    expect([await (await base()).count("parts"), names()]).toEqual([0, []]);
    await unlock(DIGITS);
    await duty.opened();
    await contact();
    await vi.waitFor(() => expect(names()).toEqual(["卢兰利"]));
  });

  test("in the middle of opening stays locked, with no name in memory", async () => {
    withRegister();
    await contact();
    await vi.waitFor(() => expect(names()).toEqual(["卢兰利"]));
    await duty.lock();
    await unlock(DIGITS);
    const opening = duty.opened();
    await duty.lock();

    await opening;

    expect([duty.currentDuty().stage, names(), duty.heldCard(), isOpen()]).toEqual(["locked", [], undefined, false]);
  });

  test("after a pull whose change is still on its way into memory keeps it out", async () => {
    withRegister();
    const well = contact();
    await vi.waitFor(async () => expect(await (await base()).count("parts")).toBe(1));
    await duty.lock();
    await well;

    await new Promise((go) => setTimeout(go, 20));

    expect(names()).toEqual([]);
  });

  test("and is handed over in the middle of a pull does not take in what was the last worker's", async () => {
    withRegister();
    during("pull", () => void duty.takeCard(cardText("W2")));
    const slow = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
      const answer = await slow(...asked);
      await vi.waitFor(() => expect(duty.currentDuty().card?.m).toBe("W2"));
      return answer;
    };

    expect(await contact()).toBe(false);

    expect(await (await base()).count("parts")).toBe(0);
  });
});

describe("what is in memory", () => {
  test("shows how a record stands as soon as the server has answered, though nothing else changed", async () => {
    await duty.say(knock("H1"));

    await contact();

    await vi.waitFor(() => expect(duty.currentDuty().own.map((each) => each.row.standing)).toEqual(["accepted"]));
  });

  test("has the records in the order in which they were made, also where the clock was set back in between", async () => {
    await record(there.phone, "W1", knock("H1"));
    vi.spyOn(Date, "now").mockReturnValueOnce(Date.now() - 86_400_000).mockReturnValue(Date.now() - 86_400_000);
    await record(there.phone, "W1", knock("H2"));
    vi.restoreAllMocks();

    expect((await everything()).map((each) => each.said.household)).toEqual(["H1", "H2"]);
  });

  test("forgets a part that an earlier lock sealed, and asks for it again", async () => {
    const before = await seal(REGISTER);
    await begin("735190");
    await (await base()).put("parts", { name: "register:A", digest: "d", box: before });
    await (await base()).put("parts", { name: "reach", digest: "", box: before });
    await keep("arrival", 12);

    expect(await contents()).toEqual(new Map());

    expect([await (await base()).count("parts"), await meta("arrival")]).toEqual([0, undefined]);
  });
});

test("a pack that says nothing of forgetting forgets nobody after an hour", async () => {
  const parts = { worker: { code: "W1", work: [] }, pack: { values: {} }, "register:A": REGISTER };
  for (const [name, content] of Object.entries(parts)) await (await base()).put("parts", { name, digest: "d", box: await seal(content) });
  await keep("contact", Date.now() - 3_600_000);

  await duty.opened();

  expect(names()).toEqual(["卢兰利"]);
});

test("the server hears when the phone last made a record", async () => {
  const { row } = await duty.say(knock("H1"));
  const states: Record<string, unknown>[] = [];
  const post = there.post;
  there.post = (path, body) => {
    if (path === "pull") states.push(body.state as Record<string, unknown>);
    return post(path, body);
  };

  await contact();

  expect(states.map(({ last_seq, last_record_at }) => [last_seq, Date.parse(String(last_record_at))])).toEqual([[1, row.made]]);
});

describe("a browser that fails", () => {
  test("by cutting the connection to the disk loses nothing", async () => {
    (await base()).close();

    await duty.say(knock("H1"));

    expect(await unsentCount()).toBe(1);
  });

  test("in the middle of the work is asked once more, and no more than once", async () => {
    const cut = vi.fn().mockRejectedValueOnce(new DOMException("Connection to Indexed Database server lost.", "UnknownError")).mockResolvedValue("done");
    const full = vi.fn().mockRejectedValue(new DOMException("", "QuotaExceededError"));

    expect(await on(cut)).toBe("done");
    await expect(on(full)).rejects.toThrow();

    expect([cut.mock.calls.length, full.mock.calls.length]).toEqual([2, 1]);
  });

  test("by cutting it just after a record was written does not write it twice", async () => {
    let cuts = 1;
    const transaction = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...asked) {
      const made = transaction.apply(this, asked);
      if (asked[1] !== "readwrite" || cuts-- <= 0) return made;
      const heard: Record<string, () => void> = {};
      const listen = made.addEventListener.bind(made);
      made.addEventListener = (type: string, listener: unknown) => {
        if (heard[type]) return listen(type, listener as EventListener); // the database's own
        heard[type] = listener as () => void;
        listen(type, () => heard[type === "complete" ? "abort" : type]!());
      };
      return made;
    });

    await duty.say(knock("H1"));
    vi.restoreAllMocks();

    expect(cuts).toBeLessThan(0);
    expect((await everything()).map((each) => each.row.seq)).toEqual([1]);
  });

  test("because there is no room says so, and keeps nothing of it", async () => {
    const told = vi.fn();
    vi.stubGlobal("dispatchEvent", told);
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });

    await expect(duty.say(knock("H1"))).rejects.toThrow("full");
    vi.restoreAllMocks();
    vi.unstubAllGlobals();

    expect(told.mock.calls.map(([event]) => (event as Event).type)).toEqual(["not saved"]);
    expect([await unsentCount(), (await duty.say(knock("H2"))).row.seq]).toEqual([0, 1]);
  });

  test("on a phone on which nobody is on duty says so as well", async () => {
    const told = vi.fn();
    vi.stubGlobal("dispatchEvent", told);
    await duty.lock();

    await expect(duty.say(knock("H1"))).rejects.toThrow("Nobody");
    vi.unstubAllGlobals();

    expect(told).toHaveBeenCalledOnce();
  });

  test("at the answer of a pull leaves the phone at work, and tries again", async () => {
    withRegister();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...asked) {
      if (this.name === "parts") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, asked as [unknown, IDBValidKey]);
    });

    expect(await contact()).toBe(false);
    vi.restoreAllMocks();

    expect(await contact()).toBe(true);
  });

  test("by having no locks makes contact all the same", async () => {
    const locks = navigator.locks;
    Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
    await duty.say(knock("H1"));

    const well = await contact();
    Object.defineProperty(navigator, "locks", { value: locks, configurable: true });

    expect([well, there.events.size]).toEqual([true, 1]);
  });
});

test("a server that asks for five minutes is given them", async () => {
  there.post = () => Response.json({}, { status: 503, headers: { "Retry-After": "300" } });
  const timers = vi.spyOn(globalThis, "setTimeout");

  await contact();

  expect(Math.max(...timers.mock.calls.map(([, ms]) => ms ?? 0))).toBeGreaterThan(290_000);
  timers.mockRestore();
});

test("answers of the last worker's lock do not stand in the way of a settled record", async () => {
  const kept = await record(there.phone, "W1", knock("H1"));
  shut();

  await expect(settle([{ id: kept.said.id, status: "rejected", text: "no" }])).rejects.toThrow("locked");

  expect(await unsentCount()).toBe(1);
});
