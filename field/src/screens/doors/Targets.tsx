// The targets of a campaign that is no sweep of doors: the places of a patrol, or whatever a campaign of another kind wants reached.
import { useMemo, useState } from "preact/hooks";
import { dayTimeAt } from "../../kit/clock";
import { normal } from "../../kit/fold";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Badge, Bar, Button, Empty, LongList, Notice, Page } from "../../parts/parts";
import { go } from "../../parts/route";
import type { Assignment, Campaign } from "../../work/assignment";
import { progressOf, reachOf } from "../../work/reached";
import { type Target, kindOf, targetsOf } from "../../work/targets";
import { Gone } from "./Gone";
import { Icon } from "./Icon";
import { Times } from "./Times";

type Show = "todo" | "done" | "all";

const SHOWS: Record<Show, Text> = { todo: t("To do", "未完成"), done: t("Done", "已完成"), all: t("All", "全部") };
const NONE_YET = t("Nothing yet.", "暂无。");
const NONE: Record<Show, Text> = { todo: t("All done. Thank you.", "已全部完成，辛苦了！"), done: NONE_YET, all: NONE_YET };

export function Targets(props: { args: Record<string, string> }) {
  const { assignment, own } = useDuty();
  const campaign = assignment.campaigns.find((each) => each.code === props.args.campaign);
  return campaign ? <Shown campaign={campaign} assignment={assignment} own={own} /> : <Gone />;
}

function Shown(props: { campaign: Campaign; assignment: Assignment; own: ReturnType<typeof useDuty>["own"] }) {
  const { campaign, assignment, own } = props;
  const [words, setWords] = useState("");
  const [show, setShow] = useState<Show>("todo");
  const targets = targetsOf(assignment, campaign);
  const reach = useMemo(() => reachOf(campaign, assignment, own), [campaign, assignment, own]);
  const progress = useMemo(() => progressOf(campaign, targets.map((each) => each.code), reach), [campaign, targets, reach]);
  const wanted = normal(words);
  const isDone = (code: string) => reach.get(code)?.reached ?? false;
  const shown = targets.filter((each) => (wanted ? each.text.includes(wanted) : show === "all" || isDone(each.code) === (show === "done")));
  const kind = kindOf(campaign, assignment.shapes.values());
  return (
    <Page title={campaign.name || t("Work", "任务")}>
      <div class="doors">
        <Times campaign={campaign} offset={assignment.pack.offset} />
        <Bar {...progress} />
        <Choice numbers={{ todo: progress.left, done: progress.done, all: progress.due }} show={show} onChoose={setShow} />
        <input
          type="search"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          aria-label={say(t("Search", "查找"))}
          placeholder={say(t("name or address", "名称或地址"))}
        />
        {!kind && (
          <Notice tone="watch">
            {say(
              t(
                "This sort of record is not part of your work today; the list is for looking.",
                "您今天的工作中没有这类登记，名单仅供查看。",
              ),
            )}
          </Notice>
        )}
        {shown.length ? (
          <div class="lines">
            <LongList
              items={shown}
              height={80}
              keyOf={(each) => each.code}
              label={campaign.name || say(t("Targets", "任务名单"))}
              line={(each) => (
                <Line
                  target={each}
                  isDone={isDone(each.code)}
                  at={at(reach.get(each.code)?.at, assignment)}
                  onPress={() => kind && go("form", { kind, [campaign.subject]: each.code })}
                />
              )}
            />
          </div>
        ) : (
          <Empty text={wanted ? t("Nothing on this phone answers to that.", "本机名单中未找到。") : NONE[show]} />
        )}
      </div>
    </Page>
  );
}

function Choice(props: { numbers: Record<Show, number>; show: Show; onChoose: (show: Show) => void }) {
  return (
    <div class="filters" role="group" aria-label={say(t("Show", "显示"))}>
      {(Object.keys(SHOWS) as Show[]).map((each) => (
        <Button
          key={each}
          kind={each === props.show ? "chosen" : ""}
          pressed={each === props.show}
          onPress={() => props.onChoose(each)}
        >
          <b>{props.numbers[each]}</b> <span>{say(SHOWS[each])}</span>
        </Button>
      ))}
    </div>
  );
}

function at(moment: string | undefined, assignment: Assignment): string {
  return moment ? dayTimeAt(assignment.pack.offset, moment) : "";
}

function Line(props: { target: Target; isDone: boolean; at: string; onPress: () => void }) {
  const { target, isDone } = props;
  return (
    <button type="button" class="doorline" data-target={target.code} data-state={isDone ? "done" : "todo"} onClick={props.onPress}>
      <span class={`square ${isDone ? "met" : "todo"}`}>
        <Icon sign={isDone ? "met" : "todo"} />
      </span>
      <span class="grow">
        <span class="strong one">{target.name}</span>
        <span class="small quiet two-lines">{target.detail || props.at}</span>
      </span>
      <Badge tone={isDone ? "good" : ""}>{say(isDone ? SHOWS.done : SHOWS.todo)}</Badge>
    </button>
  );
}
