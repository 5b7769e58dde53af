// The table at work: scans come in one after another, each is judged, said, and answered by a card before the next.
import { dayAt, momentAt, now } from "../../kit/clock";
import { type Text, t } from "../../kit/text";
import type { Card, Press, Words } from "../../parts/Answer";
import { called, nameOf } from "../../work/people";
import type { Kept } from "../../store/outbox";
import type { Campaign, Person } from "../../work/assignment";
import { type Doubt, doubtOf } from "../../work/doubts";
import * as duty from "../../work/duty";
import { type Meaning, meaningOf } from "../../work/meaning";
import {
  type Pool,
  type Stand,
  type Step,
  type Table,
  after,
  lastAct,
  onPerson,
  onTube,
  poolsOf,
  sayingsOf,
  sealing,
} from "../../work/pool";
import { reachOf } from "../../work/reached";
import { wordsOfDoubt, wordsOfStep } from "./words";

/** The same text again within this time is the same scan: a scanner that was pressed twice, a code still in sight. */
const SAME_MS = 3_000;

export interface Shown {
  card: Card | undefined;
  stand: Stand;
  offered: Person[]; // of a household whose code was scanned
  nobody: string; // an ID number that nobody on this phone has
}

export class Desk {
  shown: Shown;
  #queue: Promise<void> = Promise.resolve();
  #last = { text: "", at: 0 };
  #key = 0;

  constructor(
    readonly table: Table,
    readonly campaign: Campaign,
    readonly area: string,
    stand: Stand,
    private readonly told: (shown: Shown) => void,
  ) {
    this.shown = { card: undefined, stand, offered: [], nobody: "" };
  }

  /** Takes a scanned or typed text, when those before it are done. */
  scan(text: string): Promise<void> {
    const same = text === this.#last.text && now() - this.#last.at < SAME_MS;
    this.#last = { text, at: now() };
    return same ? this.#queue : this.#after(async () => this.#meant(await meaningOf(text, this.#assignment, this.#own)));
  }

  person(code: string, sure = false): Promise<void> {
    return this.#after(() => this.#person(code, sure));
  }

  tube(code: string): Promise<void> {
    return this.#after(() => this.#did(onTube(code, this.shown.stand, this.table, this.pools())));
  }

  /** Seals a pool before it is full. */
  seal(pool: Pool): Promise<void> {
    return this.#after(async () => {
      const { swabs, tube } = this.pools().get(pool.tube) ?? pool;
      const area = this.area || (swabs.at(-1)?.kept.said.area ?? ""); // at home: where the last one lives
      await duty.say(sealing(tube, swabs.length, pool.place, area));
      const open = this.shown.stand.tube === tube ? "" : this.shown.stand.tube;
      this.#tell(
        {
          tone: "good",
          sign: "✓",
          text: t("Tube {tube} is sealed with {n}", "{tube} 管已封，共 {n} 人", { tube, n: swabs.length }),
          more: t("Take a new tube.", "请换新管。"),
        },
        [],
        { tube: open, waiting: "" },
      );
    });
  }

  /** Takes back what the table did last; a person who waits for a tube just goes. */
  undo(): Promise<void> {
    return this.#after(async () => {
      const { waiting, tube } = this.shown.stand;
      if (waiting)
        return this.#tell(
          {
            tone: "watch",
            sign: "↶",
            text: t("{name} put back", "已取消 {name}", { name: this.name(waiting) }),
            more: t("Nothing was recorded.", "未作登记。"),
          },
          [],
          { tube, waiting: "" },
        );
      const act = lastAct(this.pools(), this.table);
      if (act) await this.#withdraw(act.takes, act.pool, act.person);
    });
  }

  /** Takes one person out of a pool that is not handed over; its seal goes with them. */
  remove(pool: Pool, swab: Kept): Promise<void> {
    return this.#after(() => this.#withdraw(pool.sealed ? [pool.sealed, swab] : [swab], pool, swab.said.person ?? ""));
  }

  /** Opens a sealed tube again. */
  reopen(pool: Pool): Promise<void> {
    return this.#after(() => this.#withdraw(pool.sealed ? [pool.sealed] : [], pool, ""));
  }

  clear(key?: number): void {
    if (key === undefined || this.shown.card?.key === key) this.#show({ ...this.shown, card: undefined });
  }

  pools(): Map<string, Pool> {
    return poolsOf(this.#own);
  }

  name(code: string): string {
    return called(code, this.#assignment);
  }

  when(at: string): string {
    const { offset } = this.#assignment.pack;
    return at.length === 10 ? at.slice(5) : momentAt(offset, at, dayAt(offset));
  }

  get #assignment() {
    return duty.currentDuty().assignment;
  }

  get #own(): Kept[] {
    return duty.currentDuty().own;
  }

  #after(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch(() => {
      this.#tell({
        tone: "bad",
        sign: "✕",
        text: t("This was not saved.", "未能保存。"),
        more: t("Scan once more. If it stays so, write it on paper and tell the clerk.", "请再扫一次；仍不行请纸面登记并告知专干。"),
      });
    });
    return this.#queue;
  }

  async #meant(meaning: Meaning): Promise<void> {
    if (meaning.is === "person") return this.#person(meaning.code, false);
    if (meaning.is === "tube") return this.#did(onTube(meaning.code, this.shown.stand, this.table, this.pools()));
    if (meaning.is === "strange") return this.#tell({ tone: "bad", sign: "?", text: meaning.text, more: meaning.remedy });
    if (meaning.is === "nobody") {
      this.#tell({
        tone: "watch",
        sign: "?",
        text: t("Nobody on this phone has this ID number.", "本机名单中无此证件号。"),
        more: t("Find them by name, or enter a new person below.", "请按姓名查找，或在下方登记新人员。"),
      });
      return this.#show({ ...this.shown, nobody: meaning.number });
    }
    const persons = this.#assignment.households.get(meaning.code)?.persons ?? [];
    this.#tell({
      tone: "",
      sign: "home",
      text: t("This is a household's code.", "这是户码。"),
      more: persons.length
        ? t("Choose below who is here.", "请在下方选择到场人员。")
        : t("Nobody of it is on this phone: find by name.", "本机无此户人员，请按姓名查找。"),
    });
    return this.#show({ ...this.shown, offered: persons });
  }

  async #person(code: string, sure: boolean): Promise<void> {
    const pools = this.pools();
    const step = onPerson(code, this.shown.stand, this.table, pools);
    const isLast = step.does === "is_in" && pools.get(step.tube)?.swabs.at(-1)?.person === code;
    const doubt = sure || isLast ? undefined : this.#doubt(code, pools);
    if (!doubt) return this.#did(step);
    const inThisTube = step.does === "is_in";
    const anyway = { label: t("Sample again anyway", "仍要采样"), act: () => void this.person(code, true) };
    if (doubt.why !== "again") anyway.label = t("Sample anyway", "仍要采样");
    this.#tell(wordsOfDoubt(doubt, this.name(code), (at) => this.when(at)), inThisTube ? [] : [anyway]);
  }

  #doubt(code: string, pools: Map<string, Pool>): Doubt | undefined {
    const assignment = this.#assignment;
    const rules = {
      post_vaccination_wait_h: assignment.value<number>("pooling.post_vaccination_wait_h"),
      exempt_age_under: assignment.value<number>("test_validity.exempt_age_under"),
    };
    const facts = {
      campaign: this.campaign,
      reach: reachOf(this.campaign, assignment, this.#own),
      pools,
      own: this.#own,
      doses: new Map(assignment.doses.rows),
      rules,
      now: now(),
      today: dayAt(assignment.pack.offset),
    };
    return doubtOf(code, assignment.persons.get(code), facts);
  }

  async #did(step: Step): Promise<void> {
    if (step.does === "bind") await duty.sayAll(sayingsOf(step, this.table, this.area || this.#areaOf(step.person)));
    const said = wordsOfStep(step, (code) => this.name(code), (at) => this.when(at), (code) => nameOf(this.#assignment, "place", code));
    const stranger = step.does === "bind" && !this.#assignment.persons.has(step.person);
    if (stranger)
      said.more = t(`Not on this phone's list: ask for the name. ${said.more.en}`, `本机名单无此人，请核对姓名。${said.more.zh}`);
    this.#tell(
      stranger ? { ...said, tone: "watch" } : said,
      step.does === "open" && step.left ? this.#mover(step.left, step.tube) : [],
      after(step, this.shown.stand),
    );
  }

  /** A tube that comes right after a person: perhaps the swab went into it, and not into the one that was open. */
  #mover(from: string, to: string): Press[] {
    const swab = this.pools().get(from)?.swabs.at(-1);
    if (!swab) return [];
    const act = () => void this.#after(async () => {
      await duty.takeBack(swab.kept, "moved to another tube");
      this.#show({ ...this.shown, stand: { tube: to, waiting: "" } });
      await this.#person(swab.person, true);
    });
    return [{ label: t("Move {name} into this tube", "将 {name} 改入本管", { name: this.name(swab.person) }), act }];
  }

  async #withdraw(takes: Kept[], pool: Pool, person: string): Promise<void> {
    await duty.takeAllBack(takes, "taken back at the table");
    const left = this.pools().get(pool.tube)?.swabs.length ?? 0;
    const text: Text = person
      ? t("{name} taken out of {tube}", "已将 {name} 移出 {tube} 管", { name: this.name(person), tube: pool.tube })
      : t("Tube {tube} is open again", "{tube} 管已重新打开", { tube: pool.tube });
    const full = left >= pool.size;
    const stand = { tube: full ? "" : pool.tube, waiting: "" };
    this.#tell(
      { tone: "watch", sign: "↶", text, more: t("The tube holds {n} of {size}.", "本管现有 {n}/{size}。", { n: left, size: pool.size }) },
      [],
      stand,
    );
  }

  #areaOf(person: string): string {
    const { persons, worker } = this.#assignment;
    return persons.get(person)?.area ?? worker?.area ?? "";
  }

  #tell(words: Words, presses: Press[] = [], stand: Stand = this.shown.stand): void {
    this.#key += 1;
    this.#show({ card: { ...words, presses, key: this.#key }, stand, offered: [], nobody: "" });
  }

  #show(shown: Shown): void {
    this.shown = shown;
    this.told(shown);
  }
}
