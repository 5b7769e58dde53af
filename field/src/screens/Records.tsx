// The records of this phone, newest first: looked through, and taken back where they were wrong.
import { useState } from "preact/hooks";
import { dayAt, dayTimeAt, meant, timeAt } from "../kit/clock";
import { normal } from "../kit/fold";
import { type Text, say, t } from "../kit/text";
import { useDuty } from "../parts/hooks";
import type { Tone } from "../kit/tone";
import { Badge, Button, Empty, LongList, Page } from "../parts/parts";
import { act } from "../parts/press";
import { back } from "../parts/route";
import { toast } from "../parts/toast";
import type { Kept } from "../store/outbox";
import type { Assignment } from "../work/assignment";
import { takeBack } from "../work/duty";
import { nameOf } from "../work/people";
import { standing } from "../work/reached";

const STANDINGS: Record<string, [Text, Tone]> = {
  unsent: [t("waits", "待上传"), "watch"],
  accepted: [t("arrived", "已到达"), "good"],
  duplicate: [t("arrived", "已到达"), "good"],
  waiting: [t("arrived, waits for the register", "已到达，待底册"), "watch"],
  rejected: [t("not accepted", "未采纳"), "bad"],
  conflict: [t("not accepted", "未采纳"), "bad"],
  rescued: [t("sealed, with the server", "已加密交服务器"), "watch"],
};

/** A record in one line: whom or what it is about, and what was said. */
export function lineOf(kept: Kept, assignment: Assignment): string {
  const { said } = kept;
  const shape = assignment.shapes.get(said.kind);
  const about = [
    said.household && (assignment.households.get(said.household)?.head || said.household),
    said.person && nameOf(assignment, "person", said.person),
    said.place && nameOf(assignment, "place", said.place),
  ].filter(Boolean);
  const coded = shape?.fields.find((field) => field.type === "choice" && field.required && typeof field.choices[0]?.[0] === "string");
  const word = coded?.choices.find(([value]) => value === said.data[coded.name])?.[1];
  const label = said.kind === "ledger.voided" ? t("Taken back", "撤销") : shape?.label;
  return [label ? say(label) : said.kind, ...about, word ? say(word) : ""].filter(Boolean).join(" · ");
}

export function Records() {
  const { own, assignment } = useDuty();
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<Kept | undefined>(undefined);
  const stands = new Set(standing(own).map((each) => each.said.id));
  const wanted = normal(words);
  const shown = [...own].reverse().filter((each) => !wanted || normal(lineOf(each, assignment)).includes(wanted));
  if (open) return <One kept={open} stands={stands.has(open.said.id)} close={() => setOpen(undefined)} />;
  return (
    <Page title={t("Recorded on this phone", "本机登记")}>
      <label class="field">
        <span>{say(t("Search", "查找"))}</span>
        <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      {shown.length === 0 ? (
        <Empty
          text={
            own.length
              ? t("Nothing answers to that.", "没有符合的登记。")
              : t("Nothing recorded on this phone in the last seven days.", "近七天本机没有登记。")
          }
        />
      ) : (
        <LongList
          items={shown}
          height={104}
          keyOf={(each) => String(each.row.seq)}
          label={say(t("Records", "登记"))}
          line={(each) => (
            <button type="button" class="button plain wide row" onClick={() => setOpen(each)}>
              <span class="grow said">
                <span>{lineOf(each, assignment)}</span>
                <span class="small quiet">{dayTimeAt(assignment.pack.offset, meant(each.said))}</span>
              </span>
              <Badge tone={STANDINGS[each.row.standing]![1]}>{say(STANDINGS[each.row.standing]![0])}</Badge>
            </button>
          )}
        />
      )}
    </Page>
  );
}

function One(props: { kept: Kept; stands: boolean; close: () => void }) {
  const { assignment } = useDuty();
  const { said, row } = props.kept;
  const { offset } = assignment.pack;
  const shape = assignment.shapes.get(said.kind);
  const withdraw = async () => {
    await takeBack(props.kept, say(t("Taken back on the phone", "在手机上撤销")));
    toast(t("Taken back. The office sees that it was.", "已撤销，后台留有记录。"));
    props.close();
    back();
  };
  return (
    <Page title={shape?.label ?? said.kind}>
      <div class="card stack">
        <p class="strong">{lineOf(props.kept, assignment)}</p>
        <p>{`${dayAt(offset, meant(said))} ${timeAt(offset, meant(said))} · ${say(t("No. {n}", "第 {n} 条", { n: row.seq }))}`}</p>
        <Badge tone={STANDINGS[row.standing]![1]}>{say(STANDINGS[row.standing]![0])}</Badge>
        <dl>
          {shape?.fields
            .filter((field) => said.data[field.name] !== undefined)
            .map((field) => (
              <div class="row" key={field.name}>
                <dt class="quiet">{say(field.label)}</dt>
                <dd>{valueOf(said.data[field.name], field.choices)}</dd>
              </div>
            ))}
        </dl>
      </div>
      <div class="stack">
        {props.stands && said.kind !== "ledger.voided" && (
          <Button kind="danger wide" onPress={() => act(withdraw())}>
            {say(t("Take it back", "撤销这条"))}
          </Button>
        )}
        <Button kind="wide" onPress={props.close}>
          {say(t("To the list", "返回列表"))}
        </Button>
      </div>
    </Page>
  );
}

function valueOf(value: unknown, choices: [string | number, Text][]): string {
  if (Array.isArray(value)) return value.map((each) => valueOf(each, choices)).join("、");
  if (typeof value === "boolean") return say(value ? t("yes", "是") : t("no", "否"));
  const choice = choices.find(([code]) => code === value);
  return choice ? say(choice[1]) : String(value);
}
