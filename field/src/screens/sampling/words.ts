// What the table says of each step: a colour, a sign, a sentence, and what to do next.
import { meantAt } from "../../kit/clock";
import { NOTHING, type Text, several, t } from "../../kit/text";
import type { Words } from "../../parts/Answer";
import type { Tone } from "../../kit/tone";
import type { Doubt } from "../../work/doubts";
import type { Pool, Step } from "../../work/pool";

const words = (tone: Tone, sign: string, text: Text, more: Text): Words => ({ tone, sign, text, more });

export function wordsOfStep(
  step: Step,
  name: (person: string) => string,
  when: (at: string) => string,
  place: (code: string) => string,
): Words {
  if (step.does === "await_tube") return awaited(name(step.person), step.instead && name(step.instead));
  if (step.does === "open") return opened(step.tube, step.left);
  if (step.does === "is_open")
    return words(
      "",
      "=",
      t("Tube {tube} is the open one.", "正在使用 {tube} 管。", step),
      t("It holds {n}. Scan the next person.", "已有 {n} 人，请扫描下一人。", { n: step.count }),
    );
  if (step.does === "is_in")
    return words(
      "watch",
      "=",
      t("{name} is already in this tube.", "{name} 已在本管。", { name: name(step.person) }),
      t("Counted once. Next person, please.", "只计一次。请下一位。"),
    );
  if (step.does === "refuse") return refused(step.tube, step.why, step.pool, when, place);
  const { person, tube, count, size, seals } = step;
  if (seals)
    return words(
      "good",
      "✓",
      t("{name}: tube full and sealed", "{name}：已满封管", { name: name(person) }),
      t("{n} of {size} in {tube}. Take a new tube.", "{tube} 管 {n}/{size}，请换新管。", { n: count, size, tube }),
    );
  return words(
    "good",
    "✓",
    t("{name} · {n} of {size}", "{name} · {n}/{size}", { name: name(person), n: count, size }),
    t("In tube {tube}. Next person.", "已入 {tube} 管。请下一位。", { tube }),
  );
}

function awaited(name: string, instead: string): Words {
  if (!instead) return words("good", "✓", { en: name, zh: name }, t("Now scan the tube.", "请扫描采样管。"));
  return words(
    "watch",
    "!",
    t("{name}: now scan the tube", "{name}：请扫描采样管", { name }),
    t("{instead} is in no tube: scan them again.", "{instead} 尚未入管，请重新扫描。", { instead }),
  );
}

function opened(tube: string, left: string): Words {
  const more = left
    ? t("{left} is left open: seal it or go on with it by scanning it.", "{left} 管尚未封：请封管，或再扫该管继续。", { left })
    : t("Scan a person; each goes into this tube.", "请扫描人员，逐人计入本管。");
  return words(left ? "watch" : "", "⇄", t("Now tube {tube}", "现用 {tube} 管", { tube }), more);
}

function refused(
  tube: string,
  why: "sealed" | "full" | "elsewhere",
  pool: Pool,
  when: (at: string) => string,
  place: (code: string) => string,
): Words {
  const fresh = t("Put it aside and take a new tube.", "请将此管放在一旁，换一支新管。");
  if (why === "full")
    return words(
      "bad",
      "✕",
      t("Tube {tube} is full.", "{tube} 管已满。", { tube }),
      t("Seal it and take a new tube.", "请封管，换一支新管。"),
    );
  if (why === "sealed")
    return words(
      "bad",
      "✕",
      t("Tube {tube} was sealed at {at}.", "{tube} 管已于 {at} 封管。", { tube, at: when(pool.sealed ? meantAt(pool.sealed.said) : "") }),
      fresh,
    );
  const where = pool.place ? place(pool.place) : "";
  return words(
    "bad",
    "✕",
    t(
      `Tube {tube} was used ${where ? "at {where}" : "at home or in another round"}.`,
      `{tube} 管已用于${where ? " {where}" : "上门采样或其他轮次"}。`,
      { tube, where },
    ),
    fresh,
  );
}

export function wordsOfDoubt(doubt: Doubt, name: string, when: (at: string) => string): Words {
  const next = t("Next person, please.", "请下一位。");
  if (doubt.why === "again") {
    const where = doubt.tube ? t(" Tube {tube}.", "{tube} 管。", { tube: doubt.tube }) : NOTHING;
    return words(
      "bad",
      "✕",
      t("{name} was already sampled at {at}", "{name} 已于 {at} 采样", { name, at: when(doubt.at) }),
      t(`In this round.${where.en} ${next.en}`, `本轮已采。${where.zh}${next.zh}`),
    );
  }
  if (doubt.why === "excused") return words("watch", "!", t("{name} is excused from this round", "{name} 本轮免采", { name }), next);
  if (doubt.why === "exempt")
    return words(
      "watch",
      "!",
      t("{name} is under {under}", "{name} 不满 {under} 岁", { name, under: doubt.under }),
      t("Exempt by the rules in force. Sample only if the family asks for it.", "按现行规则可免检，家属要求方可采样。"),
    );
  return words(
    "bad",
    "✕",
    t("{name} was vaccinated {at}", "{name} 于 {at} 接种", { name, at: when(doubt.at) }),
    t("Wait {h} hours after a dose. Ask them to come later.", "接种后 {h} 小时内不采样，请改期再来。", { h: doubt.wait_h }),
  );
}

/** What the table waits for, where no card is in the way. */
export function asked(tube: string, waiting: string, count: number, size: number, name: (person: string) => string): Words {
  if (waiting)
    return words(
      "",
      "tube",
      t("Now the tube for {name}", "请扫描采样管：{name}", { name: name(waiting) }),
      t("One scan of the tube serves the whole pool.", "每管只需扫描一次。"),
    );
  if (!tube)
    return words(
      "",
      "person",
      t("Scan the person, then the tube", "先扫人员，再扫采样管"),
      t("Code, ID number, or name below.", "可扫码、扫证件号，或在下方按姓名查找。"),
    );
  const left = size - count;
  return words(
    "",
    "person",
    t("Scan the next person", "请扫描下一人"),
    t(`They go into tube {tube}. Room for {left} ${several(left, "more", "more")}.`, "直接计入 {tube} 管，还可采 {left} 人。", {
      tube,
      left,
    }),
  );
}

/** How many swabs go into a tube, in words. */
export function poolName(size: number): Text {
  return size === 1 ? t("1, alone", "单采") : t("{size} in 1", "{size} 合 1", { size });
}
